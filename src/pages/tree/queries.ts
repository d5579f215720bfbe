import type { Reader } from "../../access/reader.ts";
import { toCount } from "../../db/portable.ts";
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

/** A space of so few pages is shown whole; of a larger one only what is open, and no more than so much of it. */
const FEW = 120;
const MOST_SHOWN = 400;

/**
 * The pages of a small space; of a large one those at the top and below the pages `open`. Sisters are in their order;
 * parents do not come before children.
 */
export async function listTree(read: Reader, spaceId: string, open: string[]): Promise<TreePage[]> {
  const ofSpace = treePages(read).where("page.space_id", "=", spaceId).limit(MOST_SHOWN);
  if (await isSmall(read, spaceId)) return (await ofSpace.execute()).map(withBoolean);
  const top = await ofSpace.where("page.parent_id", "is", null).execute();
  const below = await ofSpace.where("page.parent_id", "in", ["", ...open]).execute();
  return [...top, ...below].map(withBoolean);
}

/** Counts no further than it must. */
async function isSmall(read: Reader, spaceId: string): Promise<boolean> {
  const { count } = await read
    .selectFrom((eb) =>
      eb
        .selectFrom("visible_pages")
        .select("id")
        .where("space_id", "=", spaceId)
        .limit(FEW + 1)
        .as("some"),
    )
    .select((eb) => eb.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  return toCount(count) <= FEW;
}

const treePages = (read: Reader) =>
  read
    .selectFrom("visible_pages as page")
    .select(["page.id", "page.parent_id", "page.title"])
    .select((eb) =>
      eb
        .exists(eb.selectFrom("visible_pages as child").select("child.id").whereRef("child.parent_id", "=", "page.id"))
        .as("hasChildren"),
    )
    .orderBy("page.position")
    .orderBy("page.id");

/** SQLite says 1 and 0. */
const withBoolean = <Row extends { hasChildren: unknown }>(row: Row) => ({
  ...row,
  hasChildren: Boolean(row.hasChildren),
});

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
