import { prepared, type Slots } from "../../access/prepared.ts";
import type { Reader } from "../../access/reader.ts";
import type { Page, Revision } from "../../db/schema.ts";
import { NotFound } from "../../errors.ts";

/** One revision of a page, whole. @throws NotFound */
export async function getRevision(read: Reader, page: Pick<Page, "id">, n: number): Promise<Revision> {
  const [revision] = await revisionByNumber(read, { page: page.id, n });
  if (!revision) throw new NotFound();
  return revision;
}

const revisionByNumber = prepared((read: Reader, value: Slots<{ page: string; n: number }>) =>
  read.selectFrom("visible_revisions").selectAll().where("page_id", "=", value("page")).where("n", "=", value("n")),
);

/** A line of a history: everything but the text. `size` is the length of the body in UTF-16 units. */
export type RevisionLine = Omit<Revision, "body" | "rendering"> & { size: number };

/** The revisions of a page, newest first; `before` is the number to go on from. */
export async function listRevisions(
  read: Reader,
  page: Pick<Page, "id">,
  part: { before?: number; limit: number },
): Promise<RevisionLine[]> {
  const rows = await read
    .selectFrom("visible_revisions")
    .select(["page_id", "n", "title", "customers", "products", "labels", "summary"])
    .select(["author_id", "created_at", "restored_from"])
    .select((eb) => eb.fn<number>("length", ["body"]).as("size"))
    .where("page_id", "=", page.id)
    .where("n", "<", part.before ?? 2 ** 31 - 1)
    .orderBy("n", "desc")
    .limit(part.limit)
    .execute();
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}
