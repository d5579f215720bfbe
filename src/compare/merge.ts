import { diff3Merge } from "node-diff3";

/** A stretch that both sides changed, each in its own way. Texts without a last line end. */
export type MergeConflict = { base: string; mine: string; theirs: string };

/** Both changes in one text, or the stretches that people must decide on. */
export type Merge = { merged: string; conflicts: [] } | { conflicts: [MergeConflict, ...MergeConflict[]] };

/**
 * Joins two changes of one text, line by line. Changes that touch, in the same lines or in neighbouring ones, are a
 * conflict unless they are the same change. For texts of users see mergeSafely.
 */
export const mergeTexts = (base: string, mine: string, theirs: string): Merge => {
  if (mine === base || mine === theirs) return { merged: theirs, conflicts: [] };
  if (theirs === base) return { merged: mine, conflicts: [] };
  const regions = diff3Merge(mine.split("\n"), base.split("\n"), theirs.split("\n"), { excludeFalseConflicts: true });
  const [first, ...others] = regions.flatMap(({ conflict }) =>
    conflict ? [{ base: conflict.o.join("\n"), mine: conflict.a.join("\n"), theirs: conflict.b.join("\n") }] : [],
  );
  if (first) return { conflicts: [first, ...others] };
  return { merged: regions.flatMap(({ ok }) => ok ?? []).join("\n"), conflicts: [] };
};
