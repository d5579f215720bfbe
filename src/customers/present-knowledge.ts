import type { Segment } from "../analyzer/snippet.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { presentVerification } from "../pages/verifying/state.ts";
import type { Words } from "./present-page.ts";
import { compareUrl, customerUrl, toldUrl } from "./urls.ts";
import type { Document } from "./world/document.ts";
import type { PageItem, Reason } from "./world/item.ts";
import type { FoundDocument } from "./world/packing.ts";
import { lastTold } from "./world/pages.ts";
import { firstOf, sayOld, sayReason } from "./world/say.ts";

type Whose = { customer: { key: string }; canEdit: boolean };

/** The most important pages of a world as rows: what the customer holds in an old version, what was chosen for it, the rest. */
export const presentKnowledge = (pages: PageItem[], shown: Whose & { limit: number }, words: Words) =>
  pages
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .slice(0, shown.limit)
    .map((page) => presentPage(page, shown, words));

/** Lower comes first; equals keep their order. */
function rankOf(page: PageItem): number {
  const whys = new Set(page.reasons.map((reason) => reason.why));
  if (lastTold(page)?.old) return 0;
  if (whys.has("tagged") || whys.has("linked") || whys.has("told")) return 1;
  return whys.has("named") ? 2 : 3;
}

function presentPage(page: PageItem, { customer, canEdit }: Whose, { t, now }: Words) {
  const told = lastTold(page);
  const linked = page.reasons.flatMap((reason) => ("link" in reason ? [reason] : []));
  return {
    title: page.title,
    url: pageUrl(page),
    verification: presentVerification(t, page, now),
    old: sayOld(t, page) ?? null,
    oldUrl: told?.old ? compareUrl(page, { from: told.revision, to: page.revision }) : null,
    reasons: firstOf(distinct(page.reasons.map((reason) => sayReason(t, reason)))),
    space: page.space,
    person: page.person,
    at: page.at,
    toldUrl: canEdit ? toldUrl(customer, page) : null,
    links: canEdit ? linked.map((reason) => ({ text: sayReason(t, reason), ...unlink(customer, reason) })) : [],
  };
}

const unlink = (customer: { key: string }, reason: Extract<Reason, { link: string }>) => ({
  removeUrl: `${customerUrl(customer)}/links/${reason.link}/removal`,
});

const distinct = (texts: string[]): string[] => [...new Set(texts)];

/** What a search of the world found, as rows. */
export const presentHits = (hits: FoundDocument[], { t }: Words) =>
  hits.map(({ document, title, answer, passage }, at) => ({
    ...presentDocument(document),
    kindLabel: t(`shared.kind.${document.kind}`),
    title: presentSegments(title),
    answer: presentSegments(answer),
    passage: presentSegments(passage),
    sayId: `say-${at}`,
    isFirst: at === 0,
    hasWhy: document.why.length + document.warnings.length + document.notes.length > 0,
    hasActs: document.say !== null || document.tell !== null,
  }));

/** One of each kind that a search may find, for the script that shows them. */
export const presentKinds = ({ t }: Words) => KINDS.map((kind) => ({ kind, kindLabel: t(`shared.kind.${kind}`) }));

const KINDS = ["page", "told", "interaction", "promise", "contact", "product"] as const;

const presentDocument = ({ kind, url, why, badges, warnings, notes, end, say, tell }: Document) => ({
  kind,
  url,
  why: firstOf(why),
  badges,
  warnings,
  notes,
  end,
  say,
  tell,
});

const presentSegments = (segments: Segment[]) => segments.map(({ text, hit }) => ({ text, hit }));
