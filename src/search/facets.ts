import type { Reader } from "../access/reader.ts";
import { asksForWords, type Filter, type Query } from "../analyzer/query.ts";
import type { Space } from "../db/schema.ts";
import { listSpaces } from "../spaces/queries.ts";
import { conditionsOf, kindOf, spacesNamed } from "./conditions.ts";
import { isKind, type Kind } from "./documents.ts";
import { countDocs } from "./rank.ts";
import { weighTerms } from "./weigh.ts";
import { listWorlds } from "./worlds.ts";

/** How many results each kind and each space would have if it alone were chosen; what has none is left out. */
export type Facets = { kinds: Map<Kind, number>; spaces: { space: Space; docs: number }[] };

/**
 * Counts what the viewer can see of a query by kind and by space. The filters on kinds narrow the count of spaces, and
 * the other way round, but not their own. Phrases count as their words.
 */
export async function countFacets(read: Reader, query: Query): Promise<Facets> {
  const open = { ...query, filters: query.filters.filter((filter) => filter.excluded || !isFacet(filter)) };
  const [{ terms }, conditions, spaces] = await Promise.all([
    weighTerms(read, open),
    listWorlds(read, open).then((worlds) => conditionsOf(read, open, worlds)),
    listSpaces(read),
  ]);
  if (terms.length === 0 && asksForWords(open)) return { kinds: new Map(), spaces: [] };
  const counts = await countDocs(read, terms, conditions);
  const spaceOf = await spacesOfScopes(
    read,
    spaces,
    counts.filter(({ kind }) => kind === "page").map(({ scopeId }) => scopeId),
  );
  const rows = counts.map((count) => ({
    ...count,
    space: count.kind === "page" ? spaceOf.get(count.scopeId) : undefined,
  }));
  const chosenKinds = chosen(query, "type").map((value) => kindOf(value));
  const chosenSpaces = chosen(query, "space").flatMap((value) => spacesNamed(spaces, value).map(({ id }) => id));
  const inSpaces = rows.filter(({ space }) => chosenSpaces.length === 0 || (space && chosenSpaces.includes(space)));
  const ofKinds = rows.filter(({ kind }) => chosenKinds.length === 0 || chosenKinds.some((one) => one === kind));
  return {
    kinds: sum(inSpaces.map(({ kind, docs }) => [isKind(kind) ? kind : undefined, docs])),
    spaces: countedSpaces(spaces, sum(ofKinds.map(({ space, docs }) => [space, docs]))),
  };
}

const isFacet = ({ field }: Filter): boolean => field === "type" || field === "space";

const chosen = (query: Query, field: "type" | "space"): string[] =>
  query.filters.filter((filter) => filter.field === field && !filter.excluded).map(({ value }) => value);

/** The space of every scope that pages hang in: pages with permissions of their own are scopes within their space. */
async function spacesOfScopes(
  read: Reader,
  spaces: readonly Space[],
  scopeIds: readonly string[],
): Promise<Map<string, string>> {
  const known = new Map(spaces.map((space) => [space.scope_id, space.id]));
  const others = scopeIds.filter((id) => !known.has(id));
  if (others.length === 0) return known;
  const rows = await read
    .selectFrom("visible_pages")
    .select(["scope_id", "space_id"])
    .distinct()
    .where("scope_id", "in", [...new Set(others)])
    .orderBy("scope_id")
    .execute();
  return new Map([...known, ...rows.map((row) => [row.scope_id, row.space_id] as const)]);
}

function countedSpaces(spaces: readonly Space[], counts: ReadonlyMap<string, number>): Facets["spaces"] {
  return spaces
    .map((space) => ({ space, docs: counts.get(space.id) ?? 0 }))
    .filter(({ docs }) => docs > 0)
    .sort((a, b) => b.docs - a.docs);
}

function sum<Key>(counts: readonly (readonly [Key | undefined, number])[]): Map<Key, number> {
  const sums = new Map<Key, number>();
  for (const [key, docs] of counts) if (key !== undefined) sums.set(key, (sums.get(key) ?? 0) + docs);
  return sums;
}
