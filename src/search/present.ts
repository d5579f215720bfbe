import type { Segment } from "../analyzer/snippet.ts";
import { sayReason, sayTalk } from "../customers/world/say.ts";
import type { T } from "../i18n/i18n.ts";
import { KINDS } from "./documents.ts";
import type { Facets } from "./facets.ts";
import type { Asked, Hit, Results } from "./queries.ts";

/** What to show of a search. `canWrite`: the viewer may write pages somewhere. `title`: what a new page would be called. */
export type Found = { asked: Asked; results: Results; facets: Facets; canWrite: boolean; title: string };

/** A search as views/search/show shows it. */
export function presentSearch(t: T, { asked, results, facets, canWrite, title }: Found) {
  const { hits, total, atLeast, previousCursor, nextCursor } = results;
  const first = previousCursor === null;
  return {
    title: t("search.title", { query: asked.q }),
    q: asked.q,
    count: t(atLeast ? "search.resultsAtLeast" : "search.results", { count: total }),
    kept: filtersIn(asked),
    chips: filtersIn(asked).map(({ name, value }) => ({
      text: `${t(`search.filter.${name}`)} ${name === "type" ? sayKind(t, value) : value}`,
      removeUrl: searchUrl({ ...asked, [name]: undefined }),
    })),
    ...presentFacets(t, asked, facets),
    hits: hits.map((hit) => presentHit(t, hit)),
    pager: previousCursor !== null || nextCursor !== null,
    previousUrl: first ? "" : searchUrl(asked, previousCursor),
    nextUrl: nextCursor === null ? "" : searchUrl(asked, nextCursor),
    none: hits.length > 0 ? null : presentNone(t, { asked, title, canWrite }),
  };
}

/** The page of somebody who has not asked for anything yet. */
export const presentNothing = (t: T, asked: Asked) => ({
  title: t("search.search"),
  q: asked.q,
  kept: filtersIn(asked),
  empty: { icon: "search", text: t("search.empty"), hint: t("search.emptyHint"), action: null },
});

/** The address of a search, without the filters that are not set. */
export function searchUrl(asked: Asked, cursor: string | null = null): string {
  const given = { q: asked.q, ...Object.fromEntries(filtersIn(asked).map(({ name, value }) => [name, value])) };
  return `/search?${new URLSearchParams({ ...given, ...(cursor === null ? {} : { cursor }) })}`;
}

const FILTERS = ["type", "space", "customer", "product", "label", "author", "before", "after"] as const;

const filtersIn = (asked: Asked) =>
  FILTERS.flatMap((name) => {
    const value = asked[name];
    return value === undefined || value === "" ? [] : [{ name, value }];
  });

function presentFacets(t: T, asked: Asked, { kinds, spaces }: Facets) {
  const choose = (change: Partial<Asked>): string => searchUrl({ ...asked, ...change });
  const counted = KINDS.filter((kind) => kinds.has(kind) || asked.type === kind);
  return {
    kinds: counted.map((kind) => ({
      name: sayKind(t, kind),
      url: choose({ type: asked.type === kind ? undefined : kind }),
      count: kinds.get(kind) ?? 0,
      on: asked.type === kind,
    })),
    spaces: spaces.slice(0, SPACES_SHOWN).map(({ space, docs }) => ({
      name: space.name,
      url: choose({ space: asked.space === space.key ? undefined : space.key }),
      count: docs,
      on: asked.space === space.key,
    })),
  };
}

const SPACES_SHOWN = 15;

function sayKind(t: T, value: string): string {
  const kind = KINDS.find((one) => one === value);
  return kind === undefined ? value : t(`shared.kind.${kind}`);
}

function presentHit(t: T, hit: Hit) {
  const talk = hit.talk === null ? undefined : sayTalk(t, hit.talk);
  const titled: Segment[] = talk === undefined ? hit.titleSegments : [{ text: talk, hit: false }];
  return {
    kind: hit.type,
    kindLabel: t(`shared.kind.${hit.type}`),
    url: hit.url,
    titled,
    verified: hit.verified,
    snippet: hit.snippet,
    place: hit.place,
    person: hit.talk === null ? hit.person : null,
    at: hit.at,
    reasons: hit.reasons.map((reason) => sayReason(t, reason)),
  };
}

/** Who found nothing may have found what to write. */
function presentNone(t: T, { asked, title, canWrite }: Pick<Found, "asked" | "title" | "canWrite">) {
  const offers = canWrite && title !== "";
  return {
    icon: "search",
    text: t("search.none", {
      query:
        asked.q ||
        filtersIn(asked)
          .map(({ value }) => value)
          .join(" "),
    }),
    hint: filtersIn(asked).length > 0 ? t("search.noneFiltered") : t("search.noneHint"),
    action: offers
      ? { url: `/pages/new?title=${encodeURIComponent(title)}`, label: t("search.write", { title }) }
      : null,
  };
}
