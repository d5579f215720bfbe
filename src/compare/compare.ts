import { diffArrays } from "diff";
import { type Hunk, type Line, toHunks } from "./hunks.ts";
import { markWords, unmarked } from "./words.ts";

/**
 * How two texts differ. `added` and `removed` count lines. `detail`: "words", changed words are marked; "lines", in
 * parts only lines, as too many words changed; "none", the texts are too large to compare in detail and the stretch
 * that changed is given as one replacement.
 */
export type Comparison = { hunks: Hunk[]; added: number; removed: number; detail: "words" | "lines" | "none" };

/** The time jsdiff takes grows with the square of the edits (6 000 changed lines took 9.6 s), so both are bounded. */
const LINE_BOUNDS = { maxEditLength: 5_000, timeout: 800 };

/** Compares two texts line by line and, in changed lines, word by word. Bounded; for texts of users see compareSafely. */
export const compareTexts = (oldText: string, newText: string): Comparison => {
  const changes = diffArrays(oldText.split("\n"), newText.split("\n"), LINE_BOUNDS);
  if (changes === undefined) return compareAsWhole(oldText, newText);
  return comparisonOf(changes.map(({ value, added, removed }) => ({ lines: value, kind: kindOf(added, removed) })));
};

/** The comparison of texts too large for more: what both begin and end with is the same, all between is replaced. */
export const compareAsWhole = (oldText: string, newText: string): Comparison => {
  const [oldLines, newLines] = [oldText.split("\n"), newText.split("\n")];
  const shorter = Math.min(oldLines.length, newLines.length);
  let head = 0;
  while (head < shorter && oldLines[head] === newLines[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && oldLines.at(-1 - tail) === newLines.at(-1 - tail)) tail += 1;
  const lines = numbered([
    ...sameLines(oldLines.slice(0, head)),
    ...unmarked(oldLines.slice(head, oldLines.length - tail)).map((parts) => ({ kind: "removed" as const, parts })),
    ...unmarked(newLines.slice(head, newLines.length - tail)).map((parts) => ({ kind: "added" as const, parts })),
    ...sameLines(oldLines.slice(oldLines.length - tail)),
  ]);
  return { ...counted(lines), detail: "none" };
};

type Block = { kind: Line["kind"]; lines: string[] };
type Unnumbered = Pick<Line, "kind" | "parts">;

const kindOf = (added: boolean, removed: boolean): Line["kind"] => {
  if (added) return "added";
  return removed ? "removed" : "same";
};

const comparisonOf = (blocks: Block[]): Comparison => {
  let detail: Comparison["detail"] = "words";
  const lines = pairs(blocks).flatMap(({ same, removed, added }): Unnumbered[] => {
    const marked = removed.length > 0 && added.length > 0 ? markWords(removed, added) : undefined;
    if (marked?.tooLarge) detail = "lines";
    return [
      ...sameLines(same),
      ...(marked?.removed ?? unmarked(removed)).map((parts) => ({ kind: "removed" as const, parts })),
      ...(marked?.added ?? unmarked(added)).map((parts) => ({ kind: "added" as const, parts })),
    ];
  });
  return { ...counted(numbered(lines)), detail };
};

const sameLines = (lines: string[]): Unnumbered[] => unmarked(lines).map((parts) => ({ kind: "same", parts }));

/** Each stretch of same lines with the change that follows it. */
const pairs = (blocks: Block[]): { same: string[]; removed: string[]; added: string[] }[] => {
  const result = [{ same: [] as string[], removed: [] as string[], added: [] as string[] }];
  for (const { kind, lines } of blocks) {
    if (kind === "same") result.push({ same: [], removed: [], added: [] });
    for (const line of lines) result.at(-1)?.[kind].push(line);
  }
  return result;
};

const numbered = (lines: Unnumbered[]): Line[] => {
  let [oldNumber, newNumber] = [0, 0];
  return lines.map((line) => ({
    ...line,
    ...(line.kind === "added" ? {} : { oldNumber: ++oldNumber }),
    ...(line.kind === "removed" ? {} : { newNumber: ++newNumber }),
  }));
};

const counted = (lines: Line[]): Omit<Comparison, "detail"> => ({
  hunks: toHunks(lines),
  added: lines.filter(({ kind }) => kind === "added").length,
  removed: lines.filter(({ kind }) => kind === "removed").length,
});
