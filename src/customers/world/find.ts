import lunr from "lunr";
import { tokenize } from "../../analyzer/analyze.ts";
import type { Document } from "./document.ts";
import { type QueryWord, wordsOf } from "./query-words.ts";

// Runs in the browser's worker as well as on the server: nothing here may import what only one of them has.

/** A loaded index and its documents; the ref of a document is its place in the list. */
export type Searchable = { index: lunr.Index; documents: Document[] };
/** As it is sent: what `lunr.Index.load` takes, and the documents. */
export type PackedIndex = { index: object; documents: Document[] };

/** `terms` are those of the index that were found in it: what to highlight. */
export type Hit = { document: Document; score: number; terms: Set<string> };

/** A tokenizer for `lunr.Builder`: lunr's own drops all Chinese. Single characters count in short fields only. */
export const termsOf = (text: string, singles: boolean): string[] =>
  tokenize(text)
    .filter((token) => !token.stop && (singles || !token.unigram))
    .map((token) => token.term);

export const unpack = ({ index, documents }: PackedIndex): Searchable => ({ index: lunr.Index.load(index), documents });

/**
 * What of a world fits a text, best first: all words when anything has all of them, else most of them. Words may come
 * in any order and script; the last may be unfinished, and a longer Latin word may hold one slip.
 * @returns none for a text without words
 */
export function find(world: Searchable, text: string): { hits: Hit[]; total: number } {
  const words = wordsOf(text.replace(MOBILE, "$1"));
  const found = new Map<string, Found>();
  for (const word of words) addWord(found, matchWord(world.index, word));
  const most = Math.max(0, ...[...found.values()].map((one) => one.words));
  const hits = [...found]
    .filter(([, one]) => one.words > most - 0.5)
    .sort(([a, one], [b, other]) => other.score - one.score || Number(a) - Number(b))
    .flatMap(([ref, one]) => hitOf(world.documents[Number(ref)], one));
  return { hits: hits.slice(0, MOST_SHOWN), total: hits.length };
}

const MOST_SHOWN = 20;
/** Numbers are masked here but for their last four digits. */
const MOBILE = /\d{7,}(\d{4})/g;

/** `words`: how much of the query it holds; a Chinese word of which half is there counts as half. */
type Found = { words: number; score: number; terms: Set<string> };

const hitOf = (document: Document | undefined, found: Found): Hit[] =>
  document ? [{ document, score: found.score, terms: found.terms }] : [];

function addWord(found: Map<string, Found>, matches: Map<string, Found>): void {
  for (const [ref, match] of matches) {
    const before = found.get(ref) ?? { words: 0, score: 0, terms: new Set() };
    found.set(ref, {
      words: before.words + match.words,
      score: before.score + match.score,
      terms: new Set([...before.terms, ...match.terms]),
    });
  }
}

function matchWord(index: lunr.Index, word: QueryWord): Map<string, Found> {
  const matches = new Map<string, Found>();
  for (const { ref, score, matchData } of askFor(index, word)) {
    const terms = new Set(Object.keys(matchData.metadata));
    const share = word.share(terms);
    if (share >= 0.5) matches.set(ref, { words: share, score: score * share, terms });
  }
  return matches.size > 0 || word.slip === undefined ? matches : matchSlip(index, word.slip);
}

function askFor(index: lunr.Index, word: QueryWord): lunr.Index.Result[] {
  return index.query((query) => {
    for (const term of word.terms) query.term(term, { usePipeline: false });
    if (word.prefix !== undefined)
      query.term(word.prefix, {
        usePipeline: false,
        wildcard: lunr.Query.wildcard.TRAILING,
        boost: 0.8,
        ...(isShort(word.prefix) ? { fields: ["title", "tags"] } : {}),
      });
  });
}

/** So many words of the texts begin with one or two letters, or one character, that they would say nothing. */
const isShort = (prefix: string): boolean => /^(?:.|[a-z]{2})$/u.test(prefix);

function matchSlip(index: lunr.Index, term: string): Map<string, Found> {
  const results = index.query((query) => query.term(term, { usePipeline: false, editDistance: 1 }));
  return new Map(
    results.map(({ ref, score, matchData }) => [
      ref,
      { words: 1, score: score * 0.5, terms: new Set(Object.keys(matchData.metadata)) },
    ]),
  );
}
