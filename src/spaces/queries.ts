import { prepared } from "../access/prepared.ts";
import type { Reader } from "../access/reader.ts";
import { idFirst, toCount } from "../db/portable.ts";
import type { Space } from "../db/schema.ts";
import { ArchivedSpace, NotFound } from "../errors.ts";

/** A space, and since when entries above its scope are ignored. */
export type SeenSpace = Space & { restricted_at: string | null };

/** The spaces the viewer can see, archived ones left out, oldest first. */
export const listSpaces = (read: Reader): Promise<SeenSpace[]> => openSpaces(read, {});

const openSpaces = prepared((read: Reader) =>
  read.selectFrom("visible_spaces").selectAll().where("archived_at", "is", null).orderBy("created_at").orderBy("id"),
);

/** By id or else key. Of two visible spaces with one key the older answers; the other keeps its id. */
export const findSpace = (read: Reader, key: string): Promise<Space | undefined> =>
  read
    .selectFrom("visible_spaces")
    .selectAll()
    .where((eb) => eb.or([eb("key", "=", key), eb("id", "=", key)]))
    .orderBy((eb) => idFirst(eb.ref("id"), key))
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

/** @throws ArchivedSpace where nothing is written any more */
export async function refuseArchived(read: Reader, spaceId: string): Promise<void> {
  const space = await read
    .selectFrom("visible_spaces")
    .select("archived_at")
    .where("id", "=", spaceId)
    .executeTakeFirst();
  if (space?.archived_at) throw new ArchivedSpace();
}

/** Archived spaces that the viewer can see, the one archived last first. */
export const listArchivedSpaces = (read: Reader): Promise<Space[]> =>
  read
    .selectFrom("visible_spaces")
    .selectAll()
    .where("archived_at", "is not", null)
    .orderBy("archived_at", "desc")
    .orderBy("id")
    .execute();

/** Space id → how many of its pages the viewer can see, and when one of them last changed. */
export async function listActivity(read: Reader): Promise<Map<string, { pages: number; changedAt: string }>> {
  const rows = await read
    .selectFrom("visible_pages")
    .select((eb) => ["space_id", eb.fn.countAll().as("pages"), eb.fn.max("updated_at").as("changed_at")])
    .groupBy("space_id")
    .orderBy("space_id")
    .execute();
  return new Map(rows.map((row) => [row.space_id, { pages: toCount(row.pages), changedAt: row.changed_at }]));
}
