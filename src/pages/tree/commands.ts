import type { Allowed } from "../../access/grant.ts";
import {
  findOuterScope,
  leaveBehind,
  listSubtree,
  rescope,
  type SubtreePage,
  splitSubtree,
} from "../../access/subtree.ts";
import type { Tx } from "../../access/transaction.ts";
import type { Page } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { record } from "../../events/record.ts";
import { movePageDocs } from "../../search/index.ts";
import { belowRefused, type Place, pageToManage } from "../policy.ts";
import { nextPosition } from "./queries.ts";

const ROWS_AT_ONCE = 500;

/**
 * Hangs a page, with all below it, at the end of another place. Where other permissions hold than around it now, it takes
 * those, which only who manages it may do; pages below it that the viewer does not know of then stay where they are.
 * @throws Invalid when the place is the page itself or below it, or pages below it are not the viewer's to take; Forbidden
 */
export async function movePage(tx: Tx, page: Allowed<Page, "edit">, to: Allowed<Place, "edit">): Promise<Page> {
  const place = "space_id" in to ? { space_id: to.space_id, parent_id: to.id } : { space_id: to.id, parent_id: null };
  const subtree = await listSubtree(tx, page);
  if (subtree.some(({ id }) => id === place.parent_id)) throw new Invalid({ parent: "pages.intoItself" });
  const position = await nextPosition(tx.read, place);
  const from = await findOuterScope(tx, page);
  if (from !== to.scope_id) await changeScope(tx, pageToManage(tx.viewer, page), subtree, { from, place, to });
  await tx
    .updateTable("pages")
    .set({ ...place, position })
    .where("id", "=", page.id)
    .execute();
  await record(tx, {
    kind: "page.moved",
    subject: { kind: "page", id: page.id },
    payload: {
      from: { space: page.space_id, parent: page.parent_id },
      to: { space: place.space_id, parent: place.parent_id },
    },
  });
  return { ...page, ...place, position, scope_id: page.scope_id === from ? to.scope_id : page.scope_id };
}

async function changeScope(
  tx: Tx,
  page: Allowed<Page, "manage">,
  subtree: SubtreePage[],
  by: { from: string; place: { space_id: string }; to: { scope_id: string } },
): Promise<void> {
  const branch = splitSubtree(tx, page, subtree, "manage");
  if (branch.refused.length > 0) throw new Invalid({ parent: belowRefused(branch) });
  await leaveBehind(tx, page, branch);
  if (by.place.space_id !== page.space_id) await changeSpace(tx, branch.pages, by.place.space_id);
  await movePageDocs(tx, await rescope(tx, branch, { from: by.from, to: by.to.scope_id }));
}

async function changeSpace(tx: Tx, subtree: { id: string }[], space_id: string): Promise<void> {
  for (let from = 0; from < subtree.length; from += ROWS_AT_ONCE) {
    const ids = subtree.slice(from, from + ROWS_AT_ONCE).map(({ id }) => id);
    await tx.updateTable("pages").set({ space_id }).where("id", "in", ids).execute();
    await tx.updateTable("page_titles").set({ space_id }).where("page_id", "in", ids).execute();
  }
}
