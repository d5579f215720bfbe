/** Judgments of one query: document id to gain (0 or absent: not relevant). */
export type Judgments = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain of the first `depth` results, 0 to 1 (Järvelin and Kekäläinen, 2002, with
 * discount log2(rank + 1)). A query without relevant documents has none: 0.
 */
export function ndcgAt(depth: number, ranked: readonly string[], judgments: Judgments): number {
  const ideal = discounted([...judgments.values()].sort((a, b) => b - a).slice(0, depth));
  return ideal === 0 ? 0 : discounted(ranked.slice(0, depth).map((id) => judgments.get(id) ?? 0)) / ideal;
}

/** Reciprocal rank of the first relevant document among the first `depth` results; 0 if none is there. */
export function mrrAt(depth: number, ranked: readonly string[], judgments: Judgments): number {
  const at = ranked.slice(0, depth).findIndex((id) => (judgments.get(id) ?? 0) > 0);
  return at === -1 ? 0 : 1 / (at + 1);
}

/** The arithmetic mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
}
