import { sql } from "kysely";
import type { Page } from "../db/schema.ts";
import type { Allowed } from "./grant.ts";
import type { Tx } from "./transaction.ts";

/** All pages below and including `page`, hidden ones too: what moves or is thrown away goes with its whole subtree. */
export async function listSubtree(
  tx: Tx,
  page: Allowed<Pick<Page, "id">, "edit" | "manage">,
): Promise<Pick<Page, "id" | "scope_id" | "trashed_with">[]> {
  const { rows } = await sql<Pick<Page, "id" | "scope_id" | "trashed_with">>`
    with recursive tree(id) as (select id from pages where id = ${page.id} union select p.id from pages p join tree on p.parent_id = tree.id)
    select pages.id, pages.scope_id, pages.trashed_with from pages join tree on tree.id = pages.id order by pages.id`.execute(
    tx.unguarded,
  );
  return rows;
}

/**
 * Hangs the subtree of `page` under another scope. Pages with entries of their own keep their scope, which gets the new parent.
 * @param between.from the scope the page hangs in now: its own when entries are taken away, else that of its parent page or space
 * @returns ids of the pages whose scope_id changed: their search rows must be moved too
 */
export async function rescopeSubtree(
  tx: Tx,
  page: Allowed<Pick<Page, "id">, "edit" | "manage">,
  between: { from: string; to: string },
): Promise<string[]> {
  const tree = await listSubtree(tx, page);
  const scopes = [...new Set(tree.map((p) => p.scope_id))];
  const inner = await listChildScopes(tx, scopes, between.from);
  const moved = tree.filter((p) => p.scope_id === between.from).map((p) => p.id);
  for (const ids of chunks(moved))
    await tx.updateTable("pages").set({ scope_id: between.to }).where("id", "in", ids).execute();
  for (const ids of chunks(inner.filter((id) => id !== between.to))) {
    await tx.updateTable("scopes").set({ parent_id: between.to }).where("id", "in", ids).execute();
  }
  await tx.accessChanged();
  return moved;
}

async function listChildScopes(tx: Tx, scopeIds: string[], parent: string): Promise<string[]> {
  const found: string[] = [];
  for (const ids of chunks(scopeIds)) {
    const rows = await tx.unguarded
      .selectFrom("scopes")
      .select("id")
      .where("id", "in", ids)
      .where("parent_id", "=", parent)
      .orderBy("id")
      .execute();
    found.push(...rows.map((scope) => scope.id));
  }
  return found;
}

const chunks = (ids: string[], size = 500): string[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, i) => ids.slice(i * size, (i + 1) * size));
