/** How much more a term counts in the title, in a tag and in a heading than in the body. */
export const FIELD_WEIGHTS = { title: 5, tags: 3, headings: 2, body: 1 } as const;

const K1 = 1.2;
const B = 0.75;
const BUCKETS = 128;
const MOST_FREQUENT = 255;

/** The bucket (0 to 127) of a document length in tokens: eight to each doubling, so a bucket spans 9 %. */
export function lengthBucket(length: number): number {
  return Math.min(BUCKETS - 1, Math.round(8 * Math.log2(Math.max(length, 1))));
}

/** A posting as one integer: the weighted frequency of the term, capped at 255, and the length bucket of the document. */
export function postingOf(weightedFrequency: number, bucket: number): number {
  return Math.min(weightedFrequency, MOST_FREQUENT) * BUCKETS + bucket;
}

/** Robertson's inverse document frequency, ln(1 + (N - df + 0.5) / (df + 0.5)), in thousandths. Never negative. */
export function inverseFrequency(documents: number, df: number): number {
  return Math.round(1000 * Math.log(1 + (Math.max(documents - df, 0) + 0.5) / (df + 0.5)));
}

/** BM25's length norm k1 (1 - b + b length / average) in thousandths, for each of the 128 length buckets. */
export function lengthNorms(averageLength: number): number[] {
  return Array.from({ length: BUCKETS }, (_, bucket) =>
    Math.round(1000 * K1 * (1 - B + (B * 2 ** (bucket / 8)) / Math.max(averageLength, 1))),
  );
}

/** BM25 of one posting in millionths, whole numbers only: weight (k1 + 1) f / (f + norm), as the SQL computes it. */
export function score(weight: number, posting: number, norms: readonly number[]): number {
  const frequency = Math.floor(posting / BUCKETS);
  const norm = norms[posting % BUCKETS] ?? 0;
  return Math.floor((weight * 1000 * (K1 + 1) * 1000 * frequency) / (1000 * frequency + norm));
}
