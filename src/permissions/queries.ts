import type { Permissions } from "../access/entries.ts";
import type { Reader } from "../access/reader.ts";
import { toCount } from "../db/portable.ts";
import type { Page, Space } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

/**
 * The scope a page would have without permissions of its own: that of the page above it, else of its space.
 * @throws NotFound when the viewer cannot see what is above
 */
export async function getOuterScope(read: Reader, page: Pick<Page, "parent_id" | "space_id">): Promise<string> {
  const outer =
    page.parent_id === null
      ? read.selectFrom("visible_spaces").select("scope_id").where("id", "=", page.space_id)
      : read.selectFrom("visible_pages").select("scope_id").where("id", "=", page.parent_id);
  const found = await outer.executeTakeFirst();
  if (!found) throw new NotFound();
  return found.scope_id;
}

/** The spaces the viewer may set permissions of, archived ones left out. */
export const listManagedSpaces = (read: Reader): Promise<Space[]> =>
  read
    .selectFrom("visible_spaces")
    .innerJoin("managed_scopes", "managed_scopes.id", "visible_spaces.scope_id")
    .selectAll("visible_spaces")
    .where("visible_spaces.archived_at", "is", null)
    .orderBy("visible_spaces.created_at")
    .orderBy("visible_spaces.id")
    .execute();

/** What is said on scopes that the viewer manages, by scope. */
export async function listPermissions(read: Reader, scopeIds: string[]): Promise<Map<string, Permissions>> {
  const ids = ["", ...scopeIds];
  const scopes = await read
    .selectFrom("managed_scopes")
    .select(["id", "restricted_at"])
    .where("id", "in", ids)
    .orderBy("id")
    .execute();
  const entries = await read
    .selectFrom("managed_entries")
    .select(["scope_id", "principal", "kind", "level"])
    .where("scope_id", "in", ids)
    .orderBy("scope_id")
    .orderBy("principal")
    .orderBy("kind")
    .execute();
  const byScope = Map.groupBy(entries, (entry) => entry.scope_id);
  return new Map(
    scopes.map(({ id, restricted_at }) => [
      id,
      {
        entries: (byScope.get(id) ?? []).map(({ principal, kind, level }) => ({ principal, kind, level })),
        restricted: restricted_at !== null,
      },
    ]),
  );
}

/** How many pages hang in each scope that the viewer manages, by space. */
export async function listScopesOfSpaces(
  read: Reader,
  spaceIds: string[],
): Promise<Map<string, { scope_id: string; pages: number }[]>> {
  const rows = await read
    .selectFrom("visible_pages")
    .innerJoin("managed_scopes", "managed_scopes.id", "visible_pages.scope_id")
    .select((eb) => ["space_id", "scope_id", eb.fn.countAll().as("pages")])
    .where("space_id", "in", ["", ...spaceIds])
    .groupBy(["space_id", "scope_id"])
    .orderBy("scope_id")
    .execute();
  return Map.groupBy(
    rows.map((row) => ({ ...row, pages: toCount(row.pages) })),
    (row) => row.space_id,
  );
}

/** The same below one page, the page included. */
export async function listScopesBelow(read: Reader, page: Page): Promise<{ scope_id: string; pages: number }[]> {
  const pages = await read
    .selectFrom("visible_pages")
    .innerJoin("managed_scopes", "managed_scopes.id", "visible_pages.scope_id")
    .select(["visible_pages.id", "visible_pages.parent_id", "scope_id"])
    .where("space_id", "=", page.space_id)
    .orderBy("visible_pages.id")
    .execute();
  const children = Map.groupBy(pages, (p) => p.parent_id);
  const below = (id: string): typeof pages => (children.get(id) ?? []).flatMap((p) => [p, ...below(p.id)]);
  const counts = Map.groupBy([page, ...below(page.id)], (p) => p.scope_id);
  return [...counts].map(([scope_id, all]) => ({ scope_id, pages: all.length }));
}

/** The permissions of a scope and of those above it, the nearest first; it ends where the viewer does not manage. */
export async function listChain(read: Reader, scopeId: string): Promise<Permissions[]> {
  const chain: Permissions[] = [];
  for (let id: string | null = scopeId; id !== null; ) {
    const scope: { parent_id: string | null } | undefined = await read
      .selectFrom("managed_scopes")
      .select("parent_id")
      .where("id", "=", id)
      .executeTakeFirst();
    const said = (await listPermissions(read, [id])).get(id);
    if (said) chain.push(said);
    id = scope?.parent_id ?? null;
  }
  return chain;
}
