import { createHash } from "node:crypto";
import type { Reader } from "../../access/reader.ts";
import { MASKED, type MaskedField } from "../../contacts/mask.ts";
import type { Contact, Customer, Erasure } from "../../db/schema.ts";
import { digitsOfPhone } from "./traces.ts";

type Known = Pick<Contact, "name"> & Partial<Pick<Contact, MaskedField>>;

/**
 * By what an erased person is known again when an import brings them back: for each value 24 bits of a salted hash. Some
 * thousand mobile numbers share each, so nobody can tell from it whose number it was.
 */
export const digestsOf = (contact: Known, salt: string): string[] =>
  (["name", ...MASKED] as const).flatMap((field) => digestOf(contact, field, salt) ?? []);

/** The erasure of a person of this customer, if they are among those who were erased; `byName`: a name alone is enough. */
export async function findErasure(
  read: Reader,
  customer: Pick<Customer, "id">,
  { contact, byName }: { contact: Known; byName: boolean },
): Promise<Erasure | undefined> {
  const erasures = await read
    .selectFrom("visible_erasures")
    .selectAll()
    .where("customer_id", "=", customer.id)
    .orderBy("at", "desc")
    .orderBy("id")
    .execute();
  const fields = byName ? (["name", ...MASKED] as const) : MASKED;
  return erasures.find(({ id, digests }) => {
    const known: string[] = JSON.parse(digests);
    return fields.some((field) => known.includes(digestOf(contact, field, id) ?? ""));
  });
}

function digestOf(contact: Known, field: "name" | MaskedField, salt: string): string | undefined {
  const value = field === "mobile" ? digitsOfPhone(contact.mobile ?? null) : contact[field]?.trim().toLowerCase();
  if (!value) return undefined;
  return `${field}:${createHash("sha256").update(`${salt}:${field}:${value}`).digest("hex").slice(0, 6)}`;
}
