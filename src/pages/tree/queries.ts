import type { RawBuilder } from "kysely";
import { prepared, type Slots } from "../../access/prepared.ts";
import type { Reader } from "../../access/reader.ts";
import type { Page } from "../../db/schema.ts";
import { findPage } from "../queries.ts";

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

/** A page in a tree. */
export type TreePage = Pick<Page, "id" | "parent_id" | "title">;

/** A space of so few pages is shown whole; of a larger one only what is open, and no more than so much of it. */
const FEW = 120;
const MOST_SHOWN = 400;

/**
 * The pages of a small space; of a large one those at the top and below the pages `open`. Sisters are in their order;
 * parents do not come before children.
 */
export async function listTree(read: Reader, spaceId: string, open: string[]): Promise<TreePage[]> {
  const space = { space: spaceId };
  const some = await pagesOfSpace(read, { ...space, most: FEW + 1 });
  if (some.length <= FEW) return some;
  const below = await Promise.all(open.map((parent) => pagesBelow(read, { ...space, parent, most: MOST_SHOWN })));
  return [...(await pagesAtTop(read, { ...space, most: MOST_SHOWN })), ...below.flat()];
}

/** In the order of the index pages_tree, so that reading stops at the limit. */
const treePages = (read: Reader, space: RawBuilder<string>) =>
  read
    .selectFrom("visible_pages")
    .select(["id", "parent_id", "title"])
    .where("space_id", "=", space)
    .orderBy("parent_id")
    .orderBy("position")
    .orderBy("id");

const pagesOfSpace = prepared((read: Reader, value: Slots<{ space: string; most: number }>) =>
  treePages(read, value("space")).limit(value("most")),
);

const pagesAtTop = prepared((read: Reader, value: Slots<{ space: string; most: number }>) =>
  treePages(read, value("space")).where("parent_id", "is", null).limit(value("most")),
);

const pagesBelow = prepared((read: Reader, value: Slots<{ space: string; parent: string; most: number }>) =>
  treePages(read, value("space")).where("parent_id", "=", value("parent")).limit(value("most")),
);

/** The pages above a page, from the top of the space down; visible ones, which all of them are (permissions.md, view-monotone). */
export async function listAncestors(read: Reader, page: Pick<Page, "parent_id">): Promise<Page[]> {
  const ancestors: Page[] = [];
  for (let id = page.parent_id; id !== null; ) {
    const parent: Page | undefined = await findPage(read, id);
    if (parent) ancestors.unshift(parent);
    id = parent?.parent_id ?? null;
  }
  return ancestors;
}
