import { stem } from "./porter2.ts";
import { isStopWord } from "./stopwords.ts";

/** A term of a word and where it stands in the word, in UTF-16 units; `stop` as in Token. */
export type Form = { term: string; start: number; end: number; stop: boolean };

/**
 * The terms of one folded word: the whole, and the parts of an identifier.
 * "x200-pro" gives x200pro, x200, 200, pro; "v7.5.0" gives v7.5.0, 7.5.0, 7.5; "tidb_enable_x" gives tidbenablex, tidb,
 * enabl, x. `spelling` is the word as it was written, so that "GTXPro" also gives gtx and pro.
 */
export function formsOf(word: string, spelling: string): readonly Form[] {
  const key = word === spelling ? word : `${word} ${spelling}`;
  const known = KNOWN_FORMS.get(key);
  if (known !== undefined) return known;
  if (KNOWN_FORMS.size >= MOST_KNOWN) KNOWN_FORMS.clear();
  const forms =
    PLAIN_WORD.test(word) && !CAMEL.test(spelling) ? [formOf(word, 0, word.length)] : splitForms(word, spelling);
  KNOWN_FORMS.set(key, forms);
  return forms;
}

/** Texts repeat their words: remembering them makes English about three times as fast. */
const KNOWN_FORMS = new Map<string, readonly Form[]>();
const MOST_KNOWN = 50_000;
const PLAIN_WORD = /^[a-z']+$/;
const CAMEL = /\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}/u;
/** Long enough for any name; base64 and hashes beyond it would only fill the index. */
const LONGEST_TERM = 64;
/** Where a hash or a key is torn into more parts than this, the parts mean nothing. */
const MOST_PARTS = 5;
const PIECE = /(?:[\p{L}\p{N}\p{M}]|(?<=\p{N})\.(?=\p{N}))+/gu;
const PART = /\p{N}+(?:\.\p{N}+)*|\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|[\p{L}\p{M}]+/gu;

function formOf(word: string, start: number, end: number): Form {
  const part = word.slice(start, end);
  const joined = part.replace(/(?<!\d)[-_]+|[-_]+(?!\d)|'+$/g, "");
  return { term: termOf(joined), start, end, stop: isStopWord(part) };
}

function termOf(word: string): string {
  if (word.length > LONGEST_TERM)
    return Array.from(word.slice(0, 2 * LONGEST_TERM))
      .slice(0, LONGEST_TERM)
      .join("");
  return PLAIN_WORD.test(word) ? stem(word) : word;
}

function splitForms(word: string, spelling: string): Form[] {
  const cased = spelling.length === word.length ? spelling : word;
  const forms = new Map<string, Form>();
  for (const [start, end] of placesOfParts(word, cased)) {
    const form = formOf(word, start, end);
    if (!forms.has(form.term)) forms.set(form.term, form);
  }
  return [...forms.values()];
}

type Place = readonly [start: number, end: number];

function placesOfParts(word: string, cased: string): Place[] {
  const places: Place[] = [[0, word.length]];
  for (const { 0: piece, index } of word.matchAll(PIECE)) {
    places.push([index, index + piece.length]);
    const parts = [...cased.slice(index, index + piece.length).matchAll(PART)];
    if (parts.length <= MOST_PARTS)
      places.push(...parts.flatMap((part) => placesOfVersion(part[0], index + part.index)));
  }
  return places;
}

/** A part, and the shorter versions a version number begins with; a single letter or digit is no part. */
function placesOfVersion(part: string, at: number): Place[] {
  const ends = [part.length, ...[...part.matchAll(/\./g)].slice(0, MOST_PARTS).map((dot) => dot.index)];
  return ends.filter((end) => end > 1).map((end) => [at, at + end]);
}
