import { sql } from "kysely";
import type { Page } from "../db/schema.ts";
import { type Allowed, levelOn } from "./grant.ts";
import { LEVELS, type LevelName } from "./levels.ts";
import type { Tx } from "./transaction.ts";

export type SubtreePage = Pick<Page, "id" | "parent_id" | "scope_id" | "title" | "trashed_at" | "trashed_with">;

type Top = Allowed<Pick<Page, "id" | "parent_id">, "edit" | "manage">;

/** All pages below and including `page`, hidden ones and those in the trash too. */
export async function listSubtree(tx: Tx, page: Top): Promise<SubtreePage[]> {
  const { rows } = await sql<SubtreePage>`
    with recursive tree(id) as (select id from pages where id = ${page.id} union select p.id from pages p join tree on p.parent_id = tree.id)
    select pages.id, parent_id, scope_id, title, trashed_at, trashed_with
    from pages join tree on tree.id = pages.id order by pages.id`.execute(tx.unguarded);
  return rows;
}

/**
 * A page and what goes along with it. `staying` is what lies below it without the viewer knowing: it stays behind, and
 * nobody's rights on it change. `refused` is what they see there and may not take, so that they can be told.
 */
export type Branch = { pages: SubtreePage[]; staying: SubtreePage[]; refused: SubtreePage[] };

/** The scope a page hangs in: its own one's parent when it has permissions of its own, else that of what is above it. */
export async function findOuterScope(tx: Tx, page: Pick<Page, "scope_id" | "parent_id" | "space_id">): Promise<string> {
  const above =
    page.parent_id === null
      ? tx.unguarded.selectFrom("spaces").select("scope_id").where("id", "=", page.space_id)
      : tx.unguarded.selectFrom("pages").select("scope_id").where("id", "=", page.parent_id);
  const { scope_id } = await above.executeTakeFirstOrThrow();
  if (scope_id === page.scope_id) return scope_id;
  const own = tx.unguarded.selectFrom("scopes").select("parent_id").where("id", "=", page.scope_id);
  return (await own.executeTakeFirstOrThrow()).parent_id ?? scope_id;
}

/** Splits a subtree by what the viewer may take along: that on which they have `level`. */
export function splitSubtree(tx: Tx, page: Top, subtree: SubtreePage[], level: LevelName): Branch {
  const below = Map.groupBy(subtree, ({ parent_id }) => parent_id);
  const branch: Branch = { pages: [], staying: [], refused: [] };
  const open = subtree.filter(({ id }) => id === page.id).map((top) => ({ page: top, stays: false }));
  for (let next = open.pop(); next; next = open.pop()) {
    const held = levelOn(tx.viewer, next.page);
    const stays = next.stays || held < LEVELS[level];
    (stays ? branch.staying : branch.pages).push(next.page);
    if (stays && held >= LEVELS.view && next.page.trashed_at === null) branch.refused.push(next.page);
    open.push(...(below.get(next.page.id) ?? []).map((child) => ({ page: child, stays })));
  }
  return branch;
}

/** Hangs what stays behind where the branch hung. */
export async function leaveBehind(tx: Tx, page: Top, { pages, staying }: Branch): Promise<void> {
  const taken = new Set(pages.map(({ id }) => id));
  const roots = staying.filter(({ parent_id }) => parent_id !== null && taken.has(parent_id)).map(({ id }) => id);
  for (const ids of chunks(roots))
    await tx.updateTable("pages").set({ parent_id: page.parent_id }).where("id", "in", ids).execute();
}

/**
 * Hangs a branch under another scope. Pages with entries of their own keep their scope, which gets the new parent; when
 * something that stays behind hangs in such a scope too, the branch takes a copy of it, so that neither side changes.
 * @param between.from the scope the page hangs in now: its own when entries are taken away, else that of its parent page or space
 * @returns scope → ids of the pages that are in it from now on and were not before, those in the trash left out: their
 * search rows must follow
 */
export async function rescope(
  tx: Tx,
  { pages, staying }: Pick<Branch, "pages" | "staying">,
  between: { from: string; to: string },
): Promise<Map<string, string[]>> {
  const scopes = await listScopesAbove(tx, [...pages, ...staying], between.from);
  const kept = new Set(staying.flatMap(({ scope_id }) => pathUp(scopes, scope_id)));
  const own = new Set(pages.map(({ scope_id }) => scope_id).filter((id) => id !== between.from && id !== between.to));
  const moved = new Map([[between.from, between.to]]);
  for (const id of [...own].sort((a, b) => pathUp(scopes, a).length - pathUp(scopes, b).length)) {
    const parent_id = moved.get(scopes.get(id) ?? "");
    if (kept.has(id)) moved.set(id, await copyScope(tx, id, parent_id));
    else if (parent_id !== undefined) await tx.updateTable("scopes").set({ parent_id }).where("id", "=", id).execute();
  }
  const changed = Map.groupBy(pages, ({ scope_id }) => moved.get(scope_id));
  changed.delete(undefined);
  for (const [scope_id, those] of changed)
    for (const ids of chunks(those.map(({ id }) => id)))
      await tx
        .updateTable("pages")
        .set({ scope_id: scope_id ?? "" })
        .where("id", "in", ids)
        .execute();
  await dropUnused(tx, between.from);
  await tx.accessChanged();
  const live = ([scope, those]: [string | undefined, SubtreePage[]]): [string, string[]] => [
    scope ?? "",
    those.filter(({ trashed_at }) => trashed_at === null).map(({ id }) => id),
  ];
  return new Map([...changed].map(live));
}

/** Takes away a scope of pages in which nothing hangs any more, and those above it that were only kept for it. */
async function dropUnused(tx: Tx, id: string): Promise<void> {
  const scope = await tx.unguarded.selectFrom("scopes").selectAll().where("id", "=", id).executeTakeFirst();
  if (scope?.kind !== "page" || scope.parent_id === null) return;
  for (const [table, column] of [
    ["pages", "scope_id"],
    ["scopes", "parent_id"],
  ] as const) {
    const hangs = tx.unguarded.selectFrom(table).select("id").where(column, "=", id).limit(1);
    if (await hangs.executeTakeFirst()) return;
  }
  await tx.deleteFrom("scope_entries").where("scope_id", "=", id).execute();
  await tx.deleteFrom("scopes").where("id", "=", id).execute();
  await dropUnused(tx, scope.parent_id);
}

/** Scope id → its parent, for the scopes of pages and all between them and `top`. */
async function listScopesAbove(tx: Tx, pages: SubtreePage[], top: string): Promise<Map<string, string>> {
  const parents = new Map<string, string>();
  for (let ids = [...new Set(pages.map(({ scope_id }) => scope_id))]; ids.length > 0; ) {
    const above = new Set<string>();
    for (const some of chunks(ids))
      for (const { id, parent_id } of await tx.unguarded
        .selectFrom("scopes")
        .select(["id", "parent_id"])
        .where("id", "in", some)
        .orderBy("id")
        .execute()) {
        if (id === top || parent_id === null) continue;
        parents.set(id, parent_id);
        if (!parents.has(parent_id)) above.add(parent_id);
      }
    ids = [...above];
  }
  return parents;
}

/** A scope and those above it, as far as the parents are known. */
function pathUp(parents: Map<string, string>, id: string): string[] {
  const path: string[] = [];
  for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) path.push(at);
  return path;
}

/** The same entries once more, elsewhere. */
async function copyScope(tx: Tx, id: string, parent: string | undefined): Promise<string> {
  const copy = tx.newId();
  const scope = await tx.unguarded.selectFrom("scopes").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const entries = await tx.unguarded
    .selectFrom("scope_entries")
    .selectAll()
    .where("scope_id", "=", id)
    .orderBy("principal")
    .execute();
  await tx
    .insertInto("scopes")
    .values({ ...scope, id: copy, parent_id: parent ?? scope.parent_id })
    .execute();
  if (entries.length > 0)
    await tx
      .insertInto("scope_entries")
      .values(entries.map((entry) => ({ ...entry, scope_id: copy })))
      .execute();
  return copy;
}

const chunks = (ids: string[], size = 500): string[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, i) => ids.slice(i * size, (i + 1) * size));
