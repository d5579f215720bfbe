import { createScope, getEntries, type Permissions, removeScope, replaceEntries } from "../access/entries.ts";
import { type Allowed, allow } from "../access/grant.ts";
import { listSubtree, rescope } from "../access/subtree.ts";
import type { Tx } from "../access/transaction.ts";
import type { Page, Space } from "../db/schema.ts";
import { record } from "../events/record.ts";
import { movePageDocs } from "../search/index.ts";
import { getOuterScope } from "./queries.ts";

/**
 * Says who may do what in a space.
 * @throws Invalid when a block would shut out the last manager of the owning department
 */
export const setSpaceEntries = (tx: Tx, space: Allowed<Space, "manage">, to: Permissions): Promise<void> =>
  replaceEntries(tx, space, to);

/**
 * Gives a page and all below it permissions of their own; with `restricted` nothing is inherited from above any more.
 * @returns the scope of the page from now on
 * @throws Invalid when a block would shut out the last manager of the owning department
 */
export async function restrictPage(tx: Tx, page: Allowed<Page, "manage">, to: Permissions): Promise<string> {
  const outer = await getOuterScope(tx.read, page);
  const scope_id = page.scope_id === outer ? await openScope(tx, page) : page.scope_id;
  await replaceEntries(tx, allow(tx.viewer, { scope_id }, "manage"), to);
  return scope_id;
}

/** Takes a page's own permissions away: it inherits again. A page without any stays as it is. */
export async function releasePage(tx: Tx, page: Allowed<Page, "manage">): Promise<void> {
  const outer = await getOuterScope(tx.read, page);
  if (page.scope_id === outer) return;
  const before = await getEntries(tx, page);
  await moveSubtree(tx, page, { from: page.scope_id, to: outer });
  await removeScope(tx, page);
  const subject = { kind: "scope", id: outer };
  await record(tx, { kind: "permissions.changed", subject, payload: { page: page.id, before, after: null } });
}

async function openScope(tx: Tx, page: Allowed<Page, "manage">): Promise<string> {
  const scope_id = await createScope(tx, { kind: "page", parent_id: page.scope_id });
  await moveSubtree(tx, page, { from: page.scope_id, to: scope_id });
  return scope_id;
}

async function moveSubtree(
  tx: Tx,
  page: Allowed<Page, "manage">,
  between: { from: string; to: string },
): Promise<void> {
  const pages = await listSubtree(tx, page);
  await movePageDocs(tx, await rescope(tx, { pages, staying: [] }, between));
}
