import { type Folded, foldWithOffsets } from "./fold.ts";
import { formsOf } from "./identifier.ts";
import { isStopWord } from "./stopwords.ts";

/** Stored with every indexed document; raise it whenever `tokenize` may give other terms, and everything is indexed anew. */
export const ANALYZER_VERSION = 2;

/**
 * A term of the index and where it stands: `start` and `end` are UTF-16 offsets in the original text.
 * `unigram`: one Han, Kana or Hangul character; it ranks, but is too common to choose candidates by.
 * `stop`: says nothing by itself (the, 的); the index keeps it, a query drops it unless nothing else is left.
 */
export type Token = { term: string; start: number; end: number; unigram: boolean; stop: boolean };

/** The text as search compares it: NFKC, lower case, Latin without diacritics, 繁 as 简, invisible characters dropped. */
export function fold(text: string): string {
  return foldWithOffsets(text).text;
}

/**
 * The terms of a text in reading order: English stems, identifiers whole and in parts, and for Chinese (Japanese,
 * Korean) each pair of characters and each character.
 */
export function tokenize(text: string): Token[] {
  const folded = foldWithOffsets(text);
  const tokens: Token[] = [];
  for (const { 0: run, index } of folded.text.matchAll(RUN)) {
    if (STARTS_IDEOGRAPHIC.test(run)) addIdeographs(tokens, folded, run, index);
    else addWord(tokens, folded, { word: run, index, text });
  }
  return tokens;
}

/** The key under which a wiki link finds its page: the folded title with white space and punctuation evened out. */
export function titleKey(title: string): string {
  const folded = fold(title);
  const key = folded
    .replace(/(?![#+])[\p{P}\p{Z}\s]+/gu, " ")
    .replace(BESIDE_IDEOGRAPH, "")
    .trim();
  return key === "" ? folded.trim() : key;
}

const IDEOGRAPH = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}ー";
const LETTER = `[[\\p{L}\\p{N}\\p{M}]--[${IDEOGRAPH}]]`;
const WORD = `${LETTER}(?:${LETTER}|')*(?:(?:[.@&\\-]|_+)${LETTER}(?:${LETTER}|')*)*(?:\\+\\+|[+#](?!${LETTER}))?`;
const RUN = new RegExp(`[${IDEOGRAPH}]+|${WORD}`, "gv");
const STARTS_IDEOGRAPHIC = new RegExp(`^[${IDEOGRAPH}]`, "v");
const BESIDE_IDEOGRAPH = new RegExp(`(?<=[${IDEOGRAPH}]) | (?=[${IDEOGRAPH}])`, "gv");

function addIdeographs(tokens: Token[], folded: Folded, run: string, index: number): void {
  let at = index;
  let before = "";
  for (const character of run) {
    const end = at + character.length;
    const pair = before + character;
    const start = at - before.length;
    if (before !== "")
      tokens.push({ ...place(folded, start, end), term: pair, unigram: false, stop: isStopWord(pair) });
    tokens.push({ ...place(folded, at, end), term: character, unigram: true, stop: isStopWord(character) });
    before = character;
    at = end;
  }
}

function addWord(
  tokens: Token[],
  folded: Folded,
  { word, index, text }: { word: string; index: number; text: string },
) {
  const spelling = text.slice(folded.startOf(index), folded.endOf(index + word.length - 1));
  for (const { term, start, end, stop } of formsOf(word, spelling))
    tokens.push({ ...place(folded, index + start, index + end), term, unigram: false, stop });
}

function place(folded: Folded, start: number, end: number): { start: number; end: number } {
  return { start: folded.startOf(start), end: folded.endOf(end - 1) };
}
