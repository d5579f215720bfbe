import type { Permissions } from "../access/entries.ts";
import type { Reader } from "../access/reader.ts";
import { toCount } from "../db/portable.ts";
import type { Page, Scope, Space } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

/**
 * The scope a page would have without permissions of its own: for one with such that above its own, else that of the page
 * above it or of its space.
 * @throws NotFound when the viewer cannot see what is above
 */
export async function getOuterScope(
  read: Reader,
  page: Pick<Page, "scope_id" | "parent_id" | "space_id">,
): Promise<string> {
  const outer =
    page.parent_id === null
      ? read.selectFrom("visible_spaces").select("scope_id").where("id", "=", page.space_id)
      : read.selectFrom("visible_pages").select("scope_id").where("id", "=", page.parent_id);
  const found = await outer.executeTakeFirst();
  if (!found) throw new NotFound();
  if (found.scope_id === page.scope_id) return found.scope_id;
  const own = read.selectFrom("managed_scopes").select("parent_id").where("id", "=", page.scope_id);
  return (await own.executeTakeFirst())?.parent_id ?? found.scope_id;
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

/** What is said on scopes that the viewer manages, by scope; on all of them if none are named. */
export async function listPermissions(read: Reader, scopeIds?: string[]): Promise<Map<string, Permissions>> {
  const ids = ["", ...(scopeIds ?? [])];
  const scopes = await read
    .selectFrom("managed_scopes")
    .select(["id", "restricted_at"])
    .$if(scopeIds !== undefined, (q) => q.where("id", "in", ids))
    .orderBy("id")
    .execute();
  const entries = await read
    .selectFrom("managed_entries")
    .select(["scope_id", "principal", "kind", "level"])
    .$if(scopeIds !== undefined, (q) => q.where("scope_id", "in", ids))
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
): Promise<Map<string, { scope_id: string; count: number }[]>> {
  const rows = await read
    .selectFrom("visible_pages")
    .innerJoin("managed_scopes", "managed_scopes.id", "visible_pages.scope_id")
    .select((eb) => ["space_id", "scope_id", eb.fn.countAll().as("count")])
    .where("space_id", "in", ["", ...spaceIds])
    .groupBy(["space_id", "scope_id"])
    .orderBy("scope_id")
    .execute();
  return Map.groupBy(
    rows.map((row) => ({ ...row, count: toCount(row.count) })),
    (row) => row.space_id,
  );
}

/** The same below one page, the page included. */
export async function listScopesBelow(read: Reader, page: Page): Promise<{ scope_id: string; count: number }[]> {
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
  return [...counts].map(([scope_id, all]) => ({ scope_id, count: all.length }));
}

/** How many customers hang in a group, and in the scopes of its confidential ones. */
export async function listCustomersByScope(
  read: Reader,
  groupId: string,
): Promise<{ scope_id: string; count: number }[]> {
  const rows = await read
    .selectFrom("visible_customers")
    .innerJoin("managed_scopes", "managed_scopes.id", "visible_customers.scope_id")
    .select((eb) => ["scope_id", eb.fn.countAll().as("count")])
    .where(({ eb, or }) => or([eb("managed_scopes.id", "=", groupId), eb("managed_scopes.parent_id", "=", groupId)]))
    .groupBy("scope_id")
    .orderBy("scope_id")
    .execute();
  return rows.map((row) => ({ scope_id: row.scope_id, count: toCount(row.count) }));
}

/** The permissions of a scope and of those above it, the nearest first; it ends where the viewer does not manage. */
export async function listChain(read: Reader, scopeId: string): Promise<Permissions[]> {
  const path = await listPath(read, scopeId);
  const said = await listPermissions(
    read,
    path.map(({ id }) => id),
  );
  return path.flatMap(({ id }) => said.get(id) ?? []);
}

/** The department (id) that owns a scope; empty where that is said higher up than the viewer manages. */
export const findOwner = async (read: Reader, scopeId: string): Promise<string> =>
  ownerIn(await listPath(read, scopeId));

/** All that is said on the scopes which the viewer manages, to be asked of any of them. */
export async function listChains(
  read: Reader,
): Promise<{ scopes: Scope[]; of: (scopeId: string) => { chain: Permissions[]; owner: string } }> {
  const scopes = await read.selectFrom("managed_scopes").selectAll().orderBy("id").execute();
  const byId = new Map(scopes.map((scope) => [scope.id, scope]));
  const said = await listPermissions(read);
  const pathOf = (id: string | null): Scope[] => {
    const scope = id === null ? undefined : byId.get(id);
    return scope ? [scope, ...pathOf(scope.parent_id)] : [];
  };
  const of = (scopeId: string) => {
    const path = pathOf(scopeId);
    return { chain: path.flatMap(({ id }) => said.get(id) ?? []), owner: ownerIn(path) };
  };
  return { scopes, of };
}

const ownerIn = (path: Scope[]): string => path.find((scope) => scope.department_id)?.department_id ?? "";

async function listPath(read: Reader, scopeId: string): Promise<Scope[]> {
  const path: Scope[] = [];
  for (let id: string | null = scopeId; id !== null; ) {
    const scope: Scope | undefined = await read
      .selectFrom("managed_scopes")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    if (scope) path.push(scope);
    id = scope?.parent_id ?? null;
  }
  return path;
}
