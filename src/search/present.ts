import type { Segment } from "../analyzer/snippet.ts";
import { customerUrl, toldUrl } from "../customers/urls.ts";
import { firstOf, sayOld, sayReason, sayTalk } from "../customers/world/say.ts";
import type { Customer } from "../db/schema.ts";
import { dayOf } from "../i18n/dates.ts";
import type { T } from "../i18n/i18n.ts";
import type { Locale } from "../i18n/locale.ts";
import { presentVerification } from "../pages/verifying/state.ts";
import { KINDS } from "./documents.ts";
import type { Facets } from "./facets.ts";
import type { Asked, Hit, Results } from "./queries.ts";

/** What to show of a search. `canWrite`: the viewer may write pages somewhere. `title`: what a new page would be called. */
export type Found = {
  asked: Asked;
  results: Results;
  facets: Facets;
  canWrite: boolean;
  title: string;
  ofCustomer: OfCustomer | undefined;
};

/** What the customer that a word of the query names has to do with the other words. */
export type OfCustomer = { customer: Customer; rest: string; results: Results; canTell: boolean };
type Words = { t: T; locale: Locale; now: string };

/** A search as views/search/show shows it. */
export function presentSearch(words: Words, { asked, results, facets, canWrite, title, ofCustomer }: Found) {
  const { t } = words;
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
    ofCustomer: ofCustomer && ofCustomer.results.hits.length > 0 ? presentOfCustomer(words, asked, ofCustomer) : null,
    hits: hits.map((hit, at) => presentHit(words, hit, `say-${at}`)),
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

function presentOfCustomer(words: Words, asked: Asked, { customer, rest, results, canTell }: OfCustomer) {
  const name = customer.short_name ?? customer.name;
  return {
    title: words.t("search.ofCustomer", { name }),
    url: customerUrl(customer),
    allUrl: searchUrl({ ...asked, q: rest, customer: customer.key }),
    all: words.t("search.allOfCustomer", { count: results.total }),
    hits: results.hits.map((hit, at) => ({
      ...presentHit(words, hit, `say-of-${at}`),
      tellUrl: canTell && hit.type === "page" ? toldUrl(customer, hit) : null,
      isFirst: at === 0,
    })),
  };
}

function presentHit(words: Words, hit: Hit, sayId: string) {
  const { t } = words;
  const talk = hit.talk === null ? undefined : sayTalk(t, hit.talk);
  const titled: Segment[] = talk === undefined ? hit.titleSegments : [{ text: talk, hit: false }];
  return {
    kind: hit.type,
    kindLabel: t(`shared.kind.${hit.type}`),
    url: hit.url,
    titled,
    verification: hit.trust && presentVerification(t, hit.trust, words.now),
    verifiedBy: hit.trust && sayVerified(words, hit.trust),
    answer: hit.answer,
    passage: hit.passage,
    say: hit.say,
    sayId,
    tellUrl: null,
    place: hit.place,
    person: hit.talk === null ? hit.person : null,
    at: hit.at,
    reasons: firstOf([...new Set(hit.reasons.map((reason) => sayReason(t, reason)))]),
    old: sayOld(t, hit) ?? null,
  };
}

const sayVerified = ({ t, locale, now }: Words, { verified_at, verifier }: NonNullable<Hit["trust"]>) =>
  verified_at === null || verifier === null
    ? null
    : t("pages.verifiedBy", { name: verifier, day: dayOf(verified_at, now, locale) });

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
