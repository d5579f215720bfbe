import { createHash } from "node:crypto";
import { fold } from "../analyzer/analyze.ts";
import type { Revision } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { TooComplex } from "../markdown/limits.ts";
import type { Rendered } from "../markdown/render.ts";
import { renderSafely } from "../markdown/render-safely.ts";
import type { SearchDoc } from "../search/documents.ts";

/** What a revision holds. `customers` and `products` are ids; `labels` are as written. */
export type Draft = {
  title: string;
  body: string;
  customers: string[];
  products: string[];
  labels: string[];
  summary: string;
};

/**
 * Where a page or revision comes from when it was not written here: its path and hash there, its author (a person's id) and
 * time; `id` where other pages that come with it already name it.
 */
export type Origin = { source: string; sourceHash: string; author?: string; at?: string; id?: string };

/**
 * A draft with its body rendered. Only these can be saved: rendering is slow and must not happen inside a transaction.
 * Where many pages are saved in one transaction, `toIndex` collects what search shall know of each, by its id: whoever saves
 * them indexes them together, which is several times faster.
 */
export type RenderedDraft = Draft & {
  rendered: Rendered;
  rendering: string;
  origin?: Origin;
  toIndex?: Map<string, SearchDoc>;
};

/**
 * Renders a draft's body and evens out its title and labels; call it before the transaction that saves the draft.
 * @throws Invalid when the body is too complex to show
 */
export async function renderDraft<D extends Draft>(draft: D): Promise<D & RenderedDraft> {
  const body = evenLines(draft.body);
  return {
    ...draft,
    title: evenOut(draft.title),
    body,
    labels: distinctLabels(draft.labels),
    rendered: await renderBody(body),
    rendering: bodyHash(body),
  };
}

/** Renders a body. @throws Invalid when it is too complex to show */
export async function renderBody(body: string): Promise<Rendered> {
  try {
    return await renderSafely(body);
  } catch (error) {
    if (error instanceof TooComplex) throw new Invalid({ body: `pages.tooComplex.${error.limit}` });
    throw error;
  }
}

/** The name of a body's rendering: what the text is, not whose. */
export const bodyHash = (body: string): string => createHash("sha256").update(body).digest("base64url");

/** Forms send lines with CR LF; texts are kept with LF. */
export const evenLines = (text: string): string => text.replace(/\r\n?/g, "\n");

/** The draft that would make an old revision anew. */
export const draftOf = (revision: Revision): Draft => ({
  title: revision.title,
  body: revision.body,
  customers: parseIds(revision.customers),
  products: parseIds(revision.products),
  labels: parseIds(revision.labels),
  summary: "",
});

/** The texts in a JSON array of a revision. */
export const parseIds = (json: string): string[] => JSON.parse(json);

/** The key under which labels are the same. */
export const labelKey = (label: string): string => fold(label).trim();

const distinctLabels = (labels: string[]): string[] => [
  ...new Map(
    labels
      .map(evenOut)
      .filter(Boolean)
      .map((label) => [labelKey(label), label] as const),
  ).values(),
];

const evenOut = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ").trim();
