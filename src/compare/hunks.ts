import type { Part } from "./words.ts";

/** A line of either text. `oldNumber` and `newNumber` count from 1 and are there where the line is in that text. */
export type Line = { kind: "same" | "added" | "removed"; parts: Part[]; oldNumber?: number; newNumber?: number };

/** Changed lines with up to three around them. It begins at these lines (from 1) of the old and the new text. */
export type Hunk = { oldStart: number; newStart: number; lines: Line[] };

const CONTEXT = 3;

/** Folds away what is far from any change. */
export const toHunks = (lines: Line[]): Hunk[] => {
  const hunks: Hunk[] = [];
  let [oldNext, newNext, shownTo] = [1, 1, 0];
  const near = nearChange(lines);
  lines.forEach((line, index) => {
    if (near[index]) {
      if (hunks.length === 0 || shownTo < index) hunks.push({ oldStart: oldNext, newStart: newNext, lines: [] });
      hunks.at(-1)?.lines.push(line);
      shownTo = index + 1;
    }
    oldNext += line.kind === "added" ? 0 : 1;
    newNext += line.kind === "removed" ? 0 : 1;
  });
  return hunks;
};

const nearChange = (lines: Line[]): boolean[] => {
  const near: boolean[] = Array(lines.length).fill(false);
  lines.forEach(({ kind }, index) => {
    if (kind !== "same") near.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  return near;
};
