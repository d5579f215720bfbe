import type { Reader } from "../../access/reader.ts";
import type { Page, Space } from "../../db/schema.ts";
import { NotFound } from "../../errors.ts";

export type TrashedPage = Pick<Page, "id" | "title" | "trashed_at" | "trashed_by"> & { below: number };

/** What was thrown away in a space, as far as the viewer may open it; pages that went along are counted, not listed. */
export async function listTrash(read: Reader, space: Pick<Space, "id">, limit: number): Promise<TrashedPage[]> {
  const rows = await read
    .selectFrom("visible_trash as page")
    .select(["page.id", "page.title", "page.trashed_at", "page.trashed_by"])
    .select((eb) =>
      eb
        .selectFrom("visible_trash as below")
        .select((inner) => inner.fn.countAll().as("count"))
        .whereRef("below.trashed_with", "=", "page.id")
        .as("below"),
    )
    .where("page.space_id", "=", space.id)
    .where("page.trashed_with", "is", null)
    .orderBy("page.trashed_at", "desc")
    .orderBy("page.id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, below: Number(row.below) }));
}

/** @throws NotFound for what is not in the trash, or not for this viewer */
export async function getTrashedPage(read: Reader, id: string): Promise<Page> {
  const page = await read.selectFrom("visible_trash").selectAll().where("id", "=", id).executeTakeFirst();
  if (!page) throw new NotFound();
  return page;
}
