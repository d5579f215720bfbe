import { tokenize } from "../analyzer/analyze.ts";
import { FIELD_WEIGHTS, lengthBucket, postingOf } from "./bm25.ts";
import type { SearchDoc } from "./documents.ts";

/** A document as the index stores it: the posting (bm25.ts) of each term by its number, and the words behind the numbers. */
export type Postings = { bucket: number; terms: ReadonlyMap<number, number>; words: ReadonlyMap<number, string> };

/** Cuts a document into the postings of its terms. */
export function postingsOf(doc: SearchDoc): Postings {
  const frequencies = new Map<string, number>();
  let length = 0;
  const count = (text: string, weight: number): void => {
    for (const { term } of tokenize(text)) {
      frequencies.set(term, (frequencies.get(term) ?? 0) + weight);
      length += weight;
    }
  };
  count(doc.title, FIELD_WEIGHTS.title);
  for (const tag of doc.tags) count(tag, FIELD_WEIGHTS.tags);
  for (const heading of doc.headings) count(heading, FIELD_WEIGHTS.headings);
  count(doc.body, FIELD_WEIGHTS.body);
  const bucket = lengthBucket(length);
  const [terms, words] = [new Map<number, number>(), new Map<number, string>()];
  for (const [term, frequency] of frequencies) {
    const t = termNumber(term);
    terms.set(t, postingOf(frequency, bucket));
    words.set(t, term);
  }
  return { bucket, terms, words };
}

/**
 * The number of a term: 47 bits of a hash, the same on every machine, so that nothing needs to be looked up or locked.
 * Two of a million terms share a number once in 280 wikis. Mixing after MurmurHash3 (Appleby, public domain).
 */
export function termNumber(term: string): number {
  let [low, high] = [0x9e3779b9, 0x85ebca6b];
  for (let at = 0; at < term.length; at++) {
    const unit = term.charCodeAt(at);
    low = Math.imul(low ^ unit, 0xcc9e2d51);
    high = Math.imul(high ^ unit, 0x1b873593);
    low ^= low >>> 15;
    high ^= high >>> 13;
  }
  return (mix(high ^ low) >>> 17) * 2 ** 32 + (mix(Math.imul(low, 31) + high) >>> 0);
}

function mix(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** The postings of a document, eight bytes each: a later save changes what differs from them. */
export function packPostings(terms: ReadonlyMap<number, number>): Buffer {
  const packed = Buffer.alloc(terms.size * BYTES);
  let at = 0;
  for (const [t, posting] of terms) {
    packed.writeUIntBE(t, at, TERM_BYTES);
    packed.writeUInt16BE(posting, at + TERM_BYTES);
    at += BYTES;
  }
  return packed;
}

export function unpackPostings(packed: Buffer): Map<number, number> {
  const terms = new Map<number, number>();
  for (let at = 0; at < packed.length; at += BYTES)
    terms.set(packed.readUIntBE(at, TERM_BYTES), packed.readUInt16BE(at + TERM_BYTES));
  return terms;
}

const TERM_BYTES = 6;
const BYTES = 8;
