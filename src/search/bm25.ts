/** How much more a term counts in the title, in a tag and in a heading than in the body. */
export const FIELD_WEIGHTS = { title: 5, tags: 3, headings: 2, body: 1 } as const;

/** Robertson's constants; measured on Cranfield and CMRC 2018, see decisions.md. */
const K1 = 2;
const B = 0.6;
const MOST_FREQUENT = 255;
const BUCKETS = 128;
/** Norms are counted in units of 2^-20 thousandths, so that they stay whole numbers. */
const FINENESS = 2 ** 20;

/**
 * The bucket (0 to 127) of a document length in weighted terms: four bits of exponent, three of mantissa, so that its
 * length can be computed by shifts alone. A bucket spans 6 to 12 %.
 */
export function lengthBucket(length: number): number {
  const exponent = Math.floor(Math.log2(Math.max(length, 1)));
  const mantissa = Math.floor((Math.max(length, 1) / 2 ** exponent) * 8) - 8;
  return Math.min(BUCKETS - 1, exponent * 8 + mantissa);
}

/** Eight times the least length of a bucket; the SQL computes the same: `(8 + b % 8) << (b / 8)`. */
export function eightLengths(bucket: number): number {
  return (8 + (bucket % 8)) * 2 ** Math.floor(bucket / 8);
}

/** A posting as one integer of 15 bits: the weighted frequency of the term, at most 255, and the length bucket. */
export function postingOf(weightedFrequency: number, bucket: number): number {
  return Math.min(weightedFrequency, MOST_FREQUENT) * BUCKETS + bucket;
}

/** Robertson's inverse document frequency, ln(1 + (N - df + 0.5) / (df + 0.5)), in thousandths. Never negative. */
export function inverseFrequency(documents: number, df: number): number {
  return Math.round(1000 * Math.log(1 + (Math.max(documents - df, 0) + 0.5) / (df + 0.5)));
}

/** BM25's norm k1 (1 - b + b length / average) of a document, in thousandths: `base + slope * eightLengths / 2^20`. */
export type Norm = { base: number; slope: number };

/** @param eightAverage eight times the average length of the documents */
export function normOf(eightAverage: number): Norm {
  const slope = Math.round((1000 * K1 * B * FINENESS) / Math.max(eightAverage, 8));
  return { base: Math.round(1000 * K1 * (1 - B)), slope };
}

/** BM25 of one posting in millionths: weight (k1 + 1) f / (f + norm), in whole numbers. The SQL computes the same. */
export function scoreOf(weight: number, posting: number, { base, slope }: Norm): number {
  const frequency = Math.floor(posting / BUCKETS);
  const norm = base + Math.floor((slope * eightLengths(posting % BUCKETS)) / FINENESS);
  return Math.floor((weight * 1_000_000 * (K1 + 1) * frequency) / (1000 * frequency + norm));
}
