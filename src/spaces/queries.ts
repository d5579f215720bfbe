import type { Reader } from "../access/reader.ts";
import type { Space } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

/** The spaces the viewer can see, archived ones left out, by name. */
export const listSpaces = (read: Reader): Promise<Space[]> =>
  read
    .selectFrom("visible_spaces")
    .selectAll()
    .where("archived_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();

/** By key or id. Of two visible spaces with one key the older answers; the other keeps its id. */
export const findSpace = (read: Reader, key: string): Promise<Space | undefined> =>
  read
    .selectFrom("visible_spaces")
    .selectAll()
    .where((eb) => eb.or([eb("key", "=", key), eb("id", "=", key)]))
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();

/** @throws NotFound */
export async function getSpace(read: Reader, key: string): Promise<Space> {
  const space = await findSpace(read, key);
  if (!space) throw new NotFound();
  return space;
}
