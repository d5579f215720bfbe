import { diffArrays } from "diff";

/** A stretch that both sides changed, each in its own way. Texts without a last line end. */
export type MergeConflict = { base: string; mine: string; theirs: string };

/** Both changes in one text, or the stretches that people must decide on. */
export type Merge = { merged: string; conflicts: [] } | { conflicts: [MergeConflict, ...MergeConflict[]] };

/** Past this many edits, or milliseconds, two texts are too different to be merged: all of it is one conflict. */
const BOUNDS = { maxEditLength: 5_000, timeout: 400 };

/**
 * Joins two changes of one text, line by line. Changes that touch, in the same lines or in neighbouring ones, are a
 * conflict unless they are the same change. Own code over jsdiff: node-diff3 took 3.8 s for 1 000 lines that repeat.
 */
export const mergeTexts = (base: string, mine: string, theirs: string): Merge => {
  if (mine === base || mine === theirs) return { merged: theirs, conflicts: [] };
  if (theirs === base) return { merged: mine, conflicts: [] };
  const lines = base.split("\n");
  const [mineEdits, theirEdits] = [editsOf(lines, mine), editsOf(lines, theirs)];
  if (!mineEdits || !theirEdits) return { conflicts: [{ base, mine, theirs }] };
  const regions = regionsOf(mineEdits, theirEdits);
  const [first, ...others] = regions.flatMap((region) => conflictIn(lines, region));
  return first ? { conflicts: [first, ...others] } : { merged: applied(lines, regions), conflicts: [] };
};

/** Lines `start` to `end` (excluded) of the base become `lines`. */
type Edit = { start: number; end: number; lines: string[] };

/** A stretch of the base and the edits of each side that fall into it, which touch one another. */
type Region = { start: number; end: number; mine: Edit[]; theirs: Edit[] };

const editsOf = (base: string[], text: string): Edit[] | undefined => {
  const edits: Edit[] = [];
  let open: Edit | undefined;
  let at = 0;
  const changes = diffArrays(base, text.split("\n"), BOUNDS);
  for (const { value, added, removed } of changes ?? []) {
    if (!added && !removed) open = undefined;
    else if (open === undefined) {
      open = { start: at, end: at, lines: [] };
      edits.push(open);
    }
    if (added) open?.lines.push(...value);
    else at += value.length;
    if (removed && open) open.end = at;
  }
  return changes && edits;
};

const regionsOf = (mine: Edit[], theirs: Edit[]): Region[] => {
  const regions: Region[] = [];
  const all = [...mine, ...theirs].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const edit of all) {
    const last = regions.at(-1);
    const region = last && edit.start <= last.end ? last : { start: edit.start, end: edit.end, mine: [], theirs: [] };
    if (region !== last) regions.push(region);
    region.end = Math.max(region.end, edit.end);
    (mine.includes(edit) ? region.mine : region.theirs).push(edit);
  }
  return regions;
};

const conflictIn = (base: string[], region: Region): MergeConflict[] => {
  if (region.mine.length === 0 || region.theirs.length === 0) return [];
  const [mine, theirs] = [side(base, region, region.mine), side(base, region, region.theirs)];
  if (mine.length === theirs.length && joined(mine) === joined(theirs)) return [];
  return [{ base: joined(base.slice(region.start, region.end)), mine: joined(mine), theirs: joined(theirs) }];
};

const applied = (base: string[], regions: Region[]): string => {
  const lines: string[] = [];
  let at = 0;
  for (const region of regions) {
    lines.push(
      ...base.slice(at, region.start),
      ...side(base, region, region.mine.length > 0 ? region.mine : region.theirs),
    );
    at = region.end;
  }
  return joined([...lines, ...base.slice(at)]);
};

/** A region's lines with the edits of one side. */
const side = (base: string[], region: Region, edits: Edit[]): string[] => {
  const lines: string[] = [];
  let at = region.start;
  for (const edit of edits) {
    lines.push(...base.slice(at, edit.start), ...edit.lines);
    at = edit.end;
  }
  return [...lines, ...base.slice(at, region.end)];
};

const joined = (lines: string[]): string => lines.join("\n");
