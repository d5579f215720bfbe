import type { Document } from "./document.ts";

/**
 * How much text an index may hold, in the width of Chinese characters, and what each item costs beside its text:
 * 1 000 items then take less than 0.5 MB packed (tests/customers/world/measure.ts).
 */
const MOST_TEXT = 120_000;
const COST_OF_ITEM = 40;
const LEAST_TEXT = 40_000;

/** Cuts the longest texts, all at one length, until they fit together. Most of a long page is found by the search of the wiki. */
export function fitTexts(documents: Document[]): Document[] {
  const limit = limitFor(documents.map((document) => widthOf(document.text)));
  return documents.map((document) => (widthOf(document.text) <= limit ? document : cut(document, limit)));
}

/** The length to which the longest must be cut so that all fit; Infinity when they do. */
function limitFor(widths: number[]): number {
  let room = Math.max(MOST_TEXT - COST_OF_ITEM * widths.length, LEAST_TEXT);
  const ascending = widths.toSorted((a, b) => a - b);
  for (const [at, width] of ascending.entries()) {
    const share = room / (ascending.length - at);
    if (width > share) return share;
    room -= width;
  }
  return Number.POSITIVE_INFINITY;
}

/** Five Latin letters make about as many terms as one Chinese character. */
const NARROW = 5;
const WIDE = /[^\0-\u02af]/g;
const widthOf = (text: string): number => {
  const wide = text.match(WIDE)?.length ?? 0;
  return wide + (text.length - wide) / NARROW;
};

function cut(document: Document, limit: number): Document {
  let width = 0;
  let at = 0;
  for (const character of document.text) {
    width += character.length > 1 || character > "\u02af" ? 1 : 1 / NARROW;
    if (width > limit) break;
    at += character.length;
  }
  return { ...document, text: document.text.slice(0, at).trimEnd() };
}
