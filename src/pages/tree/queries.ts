import type { Reader } from "../../access/reader.ts";
import type { Page } from "../../db/schema.ts";

/** Where pages hang: at the top of a space (`parent_id` null) or below a page. */
export type Branch = Pick<Page, "space_id" | "parent_id">;

/** The position after the last visible page of a branch. */
export async function nextPosition(read: Reader, branch: Branch): Promise<number> {
  const row = await read
    .selectFrom("visible_pages")
    .select((eb) => eb.fn.max("position").as("last"))
    .where("space_id", "=", branch.space_id)
    .where("parent_id", branch.parent_id === null ? "is" : "=", branch.parent_id)
    .executeTakeFirst();
  return Number(row?.last ?? 0) + 1;
}

/** A page in a tree; `hasChildren` counts only what the viewer can see. */
export type TreePage = Pick<Page, "id" | "parent_id" | "title"> & { hasChildren: boolean };

/** More than this at one place is a list, not a tree; the rest is found by search. */
const MOST_SHOWN = 400;

/** The pages at the top of a space and below the pages `open`, in their order: parents stand nowhere in particular. */
export async function listTree(read: Reader, spaceId: string, open: string[]): Promise<TreePage[]> {
  const rows = await read
    .selectFrom("visible_pages as page")
    .select(["page.id", "page.parent_id", "page.title"])
    .select((eb) =>
      eb
        .exists(eb.selectFrom("visible_pages as child").select("child.id").whereRef("child.parent_id", "=", "page.id"))
        .as("has_children"),
    )
    .where("page.space_id", "=", spaceId)
    .where((eb) => eb.or([eb("page.parent_id", "is", null), eb("page.parent_id", "in", ["", ...open])]))
    .orderBy("page.position")
    .orderBy("page.id")
    .limit(MOST_SHOWN)
    .execute();
  return rows.map(({ has_children, ...row }) => ({ ...row, hasChildren: Boolean(has_children) }));
}

/** The pages above a page, from the top of the space down; visible ones, which all of them are (permissions.md, view-monotone). */
export async function listAncestors(read: Reader, page: Pick<Page, "parent_id">): Promise<Page[]> {
  const ancestors: Page[] = [];
  for (let id = page.parent_id; id !== null; ) {
    const parent: Page | undefined = await read
      .selectFrom("visible_pages")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    if (parent) ancestors.unshift(parent);
    id = parent?.parent_id ?? null;
  }
  return ancestors;
}
