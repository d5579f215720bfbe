import { z } from "zod";
import type { Reader } from "../access/reader.ts";
import { Invalid } from "../errors.ts";
import { findPerson } from "../people/queries.ts";

/** Text that must be there, at most `most` characters. */
export const words = (most: number) => z.string().trim().min(1).max(most);

/** Text that may be left out as it is, or taken away by null or an empty text. */
export const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((given) => given || null)
    .nullable()
    .exactOptional();

/** A list that is replaced as a whole; left out it stays as it is. */
export const texts = (most: number) => z.array(words(most)).max(100).exactOptional();

/** A calendar day such as 2026-11-19. */
export const day = z.iso.date().nullable().exactOptional();

/** A moment with its offset, kept as UTC. */
export const moment = z.iso.datetime({ offset: true }).transform((given) => new Date(given).toISOString());

/** An address on the web: `javascript:` and its like are none. */
export const webAddress = z
  .string()
  .trim()
  .max(500)
  .regex(/^(https?:\/\/)?[^\s/:@]+\.[^\s/:@]+(:\d+)?([/?#]\S*)?$|^$/i, "api.webAddressRule")
  .transform((given) => given || null)
  .nullable()
  .exactOptional();

/** A field of an answer that may be empty. */
export const maybe = z.string().nullable();

/** What a row of ours is called in a path or field: an id, key, code or login. */
export const name = z.string().max(200);

/**
 * The id of the person with a login; null for nobody.
 * @throws Invalid
 */
export async function personIdOf(read: Reader, field: string, login: string | null): Promise<string | null> {
  if (login === null) return null;
  const person = await findPerson(read, login);
  if (!person) throw new Invalid({ [field]: "api.personMissing" });
  return person.id;
}
