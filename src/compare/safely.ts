import { TooComplex } from "../markdown/limits.ts";
import { createPool } from "../markdown/pool.ts";
import { type Comparison, compareAsWhole, compareTexts } from "./compare.ts";
import { type Merge, mergeTexts } from "./merge.ts";

export type Texts = { before: string; after: string };
export type Changes = { base: string; mine: string; theirs: string };

/** Up to this length (UTF-16 units, all texts together) the worst texts we know take about 30 ms. */
const SMALL = 2_000;

const limits = { workers: 1, milliseconds: 2_000, waiting: 100 };
const comparing = createPool<Texts, Comparison>(new URL("./compare-worker.ts", import.meta.url), limits);
const merging = createPool<Changes, Merge>(new URL("./merge-worker.ts", import.meta.url), limits);

/** Compares texts of users without holding up others; what takes too long is compared as a whole. */
export const compareSafely = async (texts: Texts): Promise<Comparison> =>
  isSmall(texts)
    ? compareTexts(texts.before, texts.after)
    : comparing.run(texts).catch(instead(() => compareAsWhole(texts.before, texts.after)));

/** Merges changes of users without holding up others; what takes too long is one conflict. */
export const mergeSafely = async (changes: Changes): Promise<Merge> =>
  isSmall(changes)
    ? mergeTexts(changes.base, changes.mine, changes.theirs)
    : merging.run(changes).catch(instead((): Merge => ({ conflicts: [changes] })));

const isSmall = (texts: Record<string, string>): boolean =>
  Object.values(texts).reduce((length, text) => length + text.length, 0) <= SMALL;

const instead =
  <T>(answer: () => T) =>
  (error: unknown): T => {
    if (error instanceof TooComplex) return answer();
    throw error;
  };
