import type { Allowed } from "../../access/grant.ts";
import { listSubtree, rescopeSubtree } from "../../access/subtree.ts";
import type { Tx } from "../../access/transaction.ts";
import type { Page } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { record } from "../../events/record.ts";
import { moveDocs } from "../../search/index.ts";
import { getSpace } from "../../spaces/queries.ts";
import { type Place, pageToManage } from "../policy.ts";
import { findPage } from "../queries.ts";
import { nextPosition } from "./queries.ts";

const ROWS_AT_ONCE = 500;

/**
 * Hangs a page, with all below it, at the end of another place. What has no permissions of its own takes those of the
 * new place. Out of its space only managers of the page may move it.
 * @throws Invalid when the place is the page itself or below it; Forbidden
 */
export async function movePage(tx: Tx, page: Allowed<Page, "edit">, to: Allowed<Place, "edit">): Promise<Page> {
  const place = "space_id" in to ? { space_id: to.space_id, parent_id: to.id } : { space_id: to.id, parent_id: null };
  if (place.space_id !== page.space_id) pageToManage(tx.viewer, page);
  const subtree = await listSubtree(tx, page);
  if (subtree.some(({ id }) => id === place.parent_id)) throw new Invalid({ parent: "pages.intoItself" });
  const position = await nextPosition(tx.read, place);
  const from = await scopeAround(tx, page);
  await tx
    .updateTable("pages")
    .set({ ...place, position })
    .where("id", "=", page.id)
    .execute();
  if (place.space_id !== page.space_id) await changeSpace(tx, subtree, place.space_id);
  if (from !== to.scope_id) {
    const moved = await rescopeSubtree(tx, page, { from, to: to.scope_id });
    await moveDocs(
      tx,
      moved.map((refId) => ({ kind: "page" as const, refId })),
      to.scope_id,
    );
  }
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

/** The scope of what a page hangs in. */
async function scopeAround(tx: Tx, page: Page): Promise<string> {
  const parent = page.parent_id === null ? undefined : await findPage(tx.read, page.parent_id);
  return (parent ?? (await getSpace(tx.read, page.space_id))).scope_id;
}

async function changeSpace(tx: Tx, subtree: { id: string }[], space_id: string): Promise<void> {
  for (let from = 0; from < subtree.length; from += ROWS_AT_ONCE) {
    const ids = subtree.slice(from, from + ROWS_AT_ONCE).map(({ id }) => id);
    await tx.updateTable("pages").set({ space_id }).where("id", "in", ids).execute();
    await tx.updateTable("page_titles").set({ space_id }).where("page_id", "in", ids).execute();
  }
}
