import type { Db } from "../db/open.ts";
import type { Department, Page, Scope, Space } from "../db/schema.ts";

type Row = Pick<Page, "id" | "parent_id" | "space_id" | "scope_id">;
type All = {
  scopes: Map<string, Pick<Scope, "id" | "kind" | "parent_id" | "department_id">>;
  spaces: Map<string, Pick<Space, "id" | "key" | "department_id" | "scope_id">>;
  pages: Map<string, Row>;
};

/**
 * Checks that every guarded row hangs in the scope that its place says: a page in that of what is above it, or in one of its
 * own below; a space in that of its department; a customer or product in one of their kind.
 * @returns the first thing that is wrong, in words; nothing when all is right
 */
export async function findScopeBreak(db: Pick<Db, "selectFrom">): Promise<string | undefined> {
  const departments = await db.selectFrom("departments").select(["id", "key", "parent_id"]).orderBy("id").execute();
  const all = await readAll(db);
  const wrong =
    first(departments, (one) => wrongDepartment(one, byId(departments))) ??
    first(all.scopes.values(), (one) => wrongScope(one, all)) ??
    first(all.spaces.values(), (one) => wrongSpace(one, all)) ??
    first(all.pages.values(), (one) => wrongPage(one, all)) ??
    (await findWrongKind(db, all)) ??
    unusedScope(all);
  return wrong && `scopes: ${wrong}`;
}

async function readAll(db: Pick<Db, "selectFrom">): Promise<All> {
  const scopes = await db
    .selectFrom("scopes")
    .select(["id", "kind", "parent_id", "department_id"])
    .orderBy("id")
    .execute();
  const spaces = await db
    .selectFrom("spaces")
    .select(["id", "key", "department_id", "scope_id"])
    .orderBy("id")
    .execute();
  const pages = await db
    .selectFrom("pages")
    .select(["id", "parent_id", "space_id", "scope_id"])
    .orderBy("id")
    .execute();
  return { scopes: byId(scopes), spaces: byId(spaces), pages: byId(pages) };
}

const wrongDepartment = (
  department: Pick<Department, "id" | "key" | "parent_id">,
  all: Map<string, Pick<Department, "id" | "parent_id">>,
): string | undefined => (isInCircle(department, all) ? `department ${department.key} lies below itself` : undefined);

function wrongScope(scope: Pick<Scope, "id" | "parent_id" | "department_id">, { scopes }: All): string | undefined {
  if (isInCircle(scope, scopes)) return `scope ${scope.id} lies below itself`;
  if (scope.parent_id === null && scope.department_id === null) return `scope ${scope.id} belongs to no department`;
  return scope.parent_id !== null && !scopes.has(scope.parent_id)
    ? `scope ${scope.id} lies below one that is not there`
    : undefined;
}

function wrongSpace(space: Pick<Space, "key" | "department_id" | "scope_id">, { scopes }: All): string | undefined {
  const scope = scopes.get(space.scope_id);
  if (scope?.kind !== "space" || scope.parent_id !== null) return `space ${space.key} has no scope of its own`;
  return scope.department_id === space.department_id
    ? undefined
    : `space ${space.key} and its scope belong to different departments`;
}

function wrongPage(page: Row, all: All): string | undefined {
  const parent = page.parent_id === null ? undefined : all.pages.get(page.parent_id);
  if (page.parent_id !== null && !parent) return `page ${page.id} lies below one that is not there`;
  if (isInCircle(page, all.pages)) return `page ${page.id} lies below itself`;
  if (parent && parent.space_id !== page.space_id) return `page ${page.id} is in another space than the page above it`;
  const outer = (parent ?? all.spaces.get(page.space_id))?.scope_id;
  if (isBelow(all.scopes, page.scope_id, outer)) return undefined;
  return `page ${page.id} hangs in ${page.scope_id}, its place in ${outer ?? "none"}`;
}

/** A page that stayed behind when the one above it was moved hangs more than one scope below its place. */
function isBelow(scopes: All["scopes"], id: string, outer: string | undefined): boolean {
  for (let at = scopes.get(id); at?.kind === "page" && at.id !== outer; at = scopes.get(at.parent_id ?? ""))
    if (at.parent_id === outer) return true;
  return id === outer;
}

const KINDS = { customers: ["customers", "customer"], products: ["catalogue"] } as const;

async function findWrongKind(db: Pick<Db, "selectFrom">, { scopes }: All): Promise<string | undefined> {
  for (const table of ["customers", "products"] as const) {
    const kinds: readonly string[] = KINDS[table];
    const rows = await db.selectFrom(table).select(["id", "scope_id"]).orderBy("id").execute();
    const wrong = rows.find((row) => !kinds.includes(scopes.get(row.scope_id)?.kind ?? ""));
    if (wrong) return `${table.slice(0, -1)} ${wrong.id} hangs in ${wrong.scope_id}, which is no scope of ${table}`;
  }
  return undefined;
}

/** A scope of a space or page in which nothing hangs would keep its entries for nobody. */
function unusedScope({ scopes, spaces, pages }: All): string | undefined {
  const used = new Set([...spaces.values(), ...pages.values()].map((row) => row.scope_id));
  for (const id of used) used.add(scopes.get(id)?.parent_id ?? id);
  const unused = [...scopes.values()].find(({ id, kind }) => ["space", "page"].includes(kind) && !used.has(id));
  return unused && `scope ${unused.id} belongs to nothing`;
}

function isInCircle<Node extends { id: string; parent_id: string | null }>(
  node: Node,
  all: ReadonlyMap<string, Node>,
): boolean {
  const seen = new Set([node.id]);
  for (let at = node.parent_id; at !== null; at = all.get(at)?.parent_id ?? null) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

const byId = <One extends { id: string }>(rows: One[]): Map<string, One> => new Map(rows.map((row) => [row.id, row]));

function first<One>(rows: Iterable<One>, wrong: (one: One) => string | undefined): string | undefined {
  for (const one of rows) {
    const found = wrong(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
