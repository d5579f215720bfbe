import { titleKey, tokenize } from "../analyzer/analyze.ts";
import { telling } from "../analyzer/query.ts";
import type { Ranked } from "./rank.ts";

/** What raises a document above its words alone; keys as in search_content. */
export type Liftable = Ranked & { titleKey: string; nameKeys: string; isPage: boolean; backlinks: number };

/**
 * Orders the best documents anew: one that is called exactly what was asked for comes first, one whose title or heading
 * is like it rises, one that many pages link to rises a little. Likeness is the cosine of the sets of terms. Weights in
 * BM25 units, measured on titles typed in full and in part and on the judged questions; see decisions.md.
 * @param words the query without operators and filters
 */
export function lift<Doc extends Liftable>(words: string, docs: readonly Doc[]): Doc[] {
  const key = titleKey(words);
  const wanted = termSet(words);
  return docs
    .map((doc) => ({ doc, score: doc.score + Math.round(MILLION * raise(doc, key, wanted)) }))
    .sort((a, b) => b.score - a.score || a.doc.d - b.doc.d)
    .map(({ doc, score }) => ({ ...doc, score }));
}

const MILLION = 1_000_000;
const EXACT_TITLE = 10;
const LIKE_TITLE = 6;
const LIKE_HEADING = 3;
const LINKED = 0.15;

function raise(doc: Liftable, key: string, wanted: ReadonlySet<string>): number {
  const names = doc.nameKeys === "" ? [] : doc.nameKeys.split("\n");
  const isCalledSo = doc.titleKey === key || (!doc.isPage && names.includes(key));
  const likeness = Math.max(
    LIKE_TITLE * cosine(wanted, termSet(doc.titleKey)),
    ...names.map((name) => LIKE_HEADING * cosine(wanted, termSet(name))),
  );
  return (isCalledSo && key !== "" ? EXACT_TITLE : 0) + likeness + LINKED * Math.log(1 + doc.backlinks);
}

/** The telling terms of a text; single characters only where there is nothing else. */
function termSet(text: string): ReadonlySet<string> {
  const tokens = telling(tokenize(text));
  const longer = tokens.filter((token) => !token.unigram);
  return new Set((longer.length > 0 ? longer : tokens).map((token) => token.term));
}

function cosine(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  if (some.size === 0 || others.size === 0) return 0;
  const shared = [...some].filter((term) => others.has(term)).length;
  return shared / Math.sqrt(some.size * others.size);
}
