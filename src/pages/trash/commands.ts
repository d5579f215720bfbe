import type { Allowed } from "../../access/grant.ts";
import { TRASH_SCOPE } from "../../access/scope-names.ts";
import { leaveBehind, listSubtree, splitSubtree } from "../../access/subtree.ts";
import type { Tx } from "../../access/transaction.ts";
import type { Page } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { record } from "../../events/record.ts";
import { moveDocs } from "../../search/index.ts";
import { getSpace } from "../../spaces/queries.ts";
import { belowRefused } from "../policy.ts";
import { findPage } from "../queries.ts";

const ROWS_AT_ONCE = 500;

/**
 * Puts a page and all below it into the trash; each leaves a tombstone with its place and scope. Pages below it that the
 * viewer does not know of stay where they are, and hang from now on where the page hung.
 * @throws Invalid when the viewer sees pages below it that they may not edit
 */
export async function trashPage(tx: Tx, page: Allowed<Page, "edit">): Promise<void> {
  const live = (await listSubtree(tx, page)).filter(({ trashed_at }) => trashed_at === null);
  const branch = splitSubtree(tx, page, live, "edit");
  if (branch.refused.length > 0) throw new Invalid({ page: belowRefused(branch) });
  await leaveBehind(tx, page, branch);
  const thrown = { trashed_at: tx.now, trashed_by: tx.viewer.id };
  await tx
    .updateTable("pages")
    .set({ ...thrown, trashed_with: null })
    .where("id", "=", page.id)
    .execute();
  const below = branch.pages.map(({ id }) => id).filter((id) => id !== page.id);
  for (const ids of chunks(below))
    await tx
      .updateTable("pages")
      .set({ ...thrown, trashed_with: page.id })
      .where("id", "in", ids)
      .execute();
  await moveDocs(tx, branch.pages.map(docOf), TRASH_SCOPE);
  await record(tx, { kind: "page.trashed", subject: { kind: "page", id: page.id } });
}

/**
 * Takes a page out of the trash, with all that went there together with it. Scopes stay as they were, so nobody sees
 * more than before; where the page above is still in the trash it comes back at the top of its space.
 * @throws Invalid when it would have to leave the permissions of a page above that is still in the trash
 */
export async function restorePage(tx: Tx, page: Allowed<Page, "edit">): Promise<Page> {
  const parent = page.parent_id === null ? undefined : await findPage(tx.read, page.parent_id);
  if (page.parent_id !== null && !parent) await refuseForeignScope(tx, page);
  const back = { trashed_at: null, trashed_by: null, trashed_with: null };
  const restored = { ...page, ...back, parent_id: parent?.id ?? null };
  await tx
    .updateTable("pages")
    .set({ ...back, parent_id: restored.parent_id })
    .where("id", "=", page.id)
    .execute();
  const together = (await listSubtree(tx, page)).filter((one) => one.id === page.id || one.trashed_with === page.id);
  await tx.updateTable("pages").set(back).where("trashed_with", "=", page.id).execute();
  for (const one of together) await moveDocs(tx, [docOf(one)], one.scope_id);
  await record(tx, { kind: "page.restored", subject: { kind: "page", id: page.id } });
  return restored;
}

async function refuseForeignScope(tx: Tx, page: Page): Promise<void> {
  const space = await getSpace(tx.read, page.space_id);
  if (page.scope_id !== space.scope_id) throw new Invalid({ page: "pages.restoreAboveFirst" });
}

const docOf = ({ id }: { id: string }) => ({ kind: "page" as const, refId: id });

const chunks = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / ROWS_AT_ONCE) }, (_, at) =>
    ids.slice(at * ROWS_AT_ONCE, (at + 1) * ROWS_AT_ONCE),
  );
