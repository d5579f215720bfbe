import { diffArrays } from "diff";

/** A piece of a line; `changed` where the other text has other words. */
export type Part = { text: string; changed: boolean };

/** The lines of a replaced stretch before and after, in parts. */
export type Marked = { removed: Part[][]; added: Part[][] };

/** Chinese, Japanese and Korean by character, other scripts by word, and every mark by itself. */
const WORDS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]|[\p{L}\p{M}\p{N}_]+|\n|[^\S\n]+|[^\p{L}\p{M}\p{N}\s]/gu;
const MOST_WORDS = 6_000;
const MOST_EDITS = 400;
/** Where less than this share of the words stayed, marks help nobody: the lines are simply other lines. */
const TOO_DIFFERENT = 0.3;

/**
 * Marks the words that changed between two stretches of lines. Bounded; in a stretch that is too large or too different
 * nothing is marked.
 * @returns the marked lines, and whether the stretch was too large
 */
export const markWords = (removed: string[], added: string[]): Marked & { tooLarge: boolean } => {
  const [oldWords, newWords] = [split(removed), split(added)];
  const small = oldWords.length + newWords.length <= MOST_WORDS;
  const changes = small ? diffArrays(oldWords, newWords, { maxEditLength: MOST_EDITS }) : undefined;
  const stayed = sum(changes?.filter((change) => !change.added && !change.removed).map(({ count }) => count) ?? []);
  if (changes === undefined || stayed < TOO_DIFFERENT * Math.max(oldWords.length, newWords.length))
    return { removed: unmarked(removed), added: unmarked(added), tooLarge: changes === undefined };
  const side = (other: "added" | "removed"): Part[][] =>
    linesOf(
      changes
        .filter((change) => !change[other])
        .map(({ value, added, removed }) => ({ text: value.join(""), changed: added || removed })),
    );
  return { removed: side("added"), added: side("removed"), tooLarge: false };
};

/** Lines nothing of which is marked. */
export const unmarked = (lines: string[]): Part[][] => lines.map((text) => [{ text, changed: false }]);

const split = (lines: string[]): string[] => lines.join("\n").match(WORDS) ?? [];

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

const linesOf = (parts: Part[]): Part[][] => {
  const lines: Part[][] = [[]];
  for (const { text, changed } of parts)
    text.split("\n").forEach((piece, index) => {
      if (index > 0) lines.push([]);
      if (piece !== "") lines.at(-1)?.push({ text: piece, changed });
    });
  return lines;
};
