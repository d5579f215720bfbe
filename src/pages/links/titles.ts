import type { Reader } from "../../access/reader.ts";
import { fold, titleKey } from "../../analyzer/analyze.ts";
import type { Page, Space } from "../../db/schema.ts";

/** A visible page that bears or once bore the title `key`. */
export type Bearer = Pick<Page, "id" | "title" | "title_key" | "space_id" | "created_at"> & { key: string };

/** A title as a link names it; see the Ref of kind "title" in src/markdown/refs.ts. */
export type Named = { title: string; titleKey: string; space?: string | undefined };

const MOST_BEARERS = 2_000;

/** The visible pages that bear or once bore one of these titles; all within `spaceId` when given. */
export async function listBearers(read: Reader, keys: string[], spaceId?: string): Promise<Bearer[]> {
  if (keys.length === 0) return [];
  let query = read
    .selectFrom("visible_page_titles as named")
    .innerJoin("visible_pages as page", "page.id", "named.page_id")
    .select(["page.id", "page.title", "page.title_key", "page.space_id", "page.created_at", "named.title_key as key"])
    .where("named.title_key", "in", [...new Set(keys)])
    .orderBy("page.created_at")
    .orderBy("page.id")
    .limit(MOST_BEARERS);
  if (spaceId !== undefined) query = query.where("named.space_id", "=", spaceId);
  return query.execute();
}

/** The keys under which a link may find its page. */
export const keysOf = (named: Named): string[] =>
  named.space === undefined ? [named.titleKey] : [named.titleKey, wholeKey(named)];

/**
 * The page a link means: in the space it names, or else in its own space before others, by a title of today before an
 * old one, the oldest page first. All of them visible to the viewer, as are the `spaces`.
 */
export function pickPage(
  bearers: Bearer[],
  named: Named,
  from: { spaceId: string; spaces: Pick<Space, "id" | "key" | "name">[] },
): Bearer | undefined {
  const inSpaces = findSpaces(named, from.spaces);
  const key = named.space === undefined || inSpaces.length > 0 ? named.titleKey : wholeKey(named);
  const rank = (page: Bearer): number => (page.space_id === from.spaceId ? 2 : 0) + (page.title_key === key ? 1 : 0);
  return bearers
    .filter((page) => page.key === key && (inSpaces.length === 0 || inSpaces.includes(page.space_id)))
    .sort((a, b) => rank(b) - rank(a) || compareTexts(a.created_at, b.created_at) || compareTexts(a.id, b.id))[0];
}

/** Ids of the visible spaces a link names, by key or name. */
export function findSpaces(named: Named, spaces: Pick<Space, "id" | "key" | "name">[]): string[] {
  if (named.space === undefined) return [];
  const wanted = fold(named.space);
  return spaces.filter(({ key, name }) => fold(key) === wanted || fold(name) === wanted).map(({ id }) => id);
}

const wholeKey = ({ space, title }: Named): string => titleKey(`${space}:${title}`);

const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
