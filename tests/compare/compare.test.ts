import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Comparison, compareAsWhole, compareTexts } from "../../src/compare/compare.ts";
import type { Line } from "../../src/compare/hunks.ts";
import { compareSafely } from "../../src/compare/safely.ts";

const textOf = ({ parts }: Line): string => parts.map(({ text }) => text).join("");
const changedIn = (line: Line | undefined): string[] =>
  line?.parts.filter(({ changed }) => changed).map(({ text }) => text) ?? [];
const lineOf = (comparison: Comparison, kind: Line["kind"]): Line | undefined =>
  comparison.hunks.flatMap(({ lines }) => lines).find((line) => line.kind === kind);

/** The old text with the hunks applied. */
const applied = (oldText: string, { hunks }: Comparison): string => {
  const lines = oldText.split("\n");
  const result: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    result.push(...lines.slice(at, hunk.oldStart - 1));
    result.push(...hunk.lines.filter(({ kind }) => kind !== "removed").map(textOf));
    at = hunk.oldStart - 1 + hunk.lines.filter(({ kind }) => kind !== "added").length;
  }
  return [...result, ...lines.slice(at)].join("\n");
};

describe("words that changed are marked", () => {
  test("in English", () => {
    const comparison = compareTexts("The upgrade takes 4 minutes.", "The upgrade takes about 5 minutes.");
    expect(changedIn(lineOf(comparison, "removed"))).toEqual(["4"]);
    expect(changedIn(lineOf(comparison, "added")).map((text) => text.trim())).toEqual(["about", "5"]);
    expect(comparison).toMatchObject({ added: 1, removed: 1, detail: "words" });
  });

  test("in Chinese, by character and not by sentence", () => {
    const comparison = compareTexts("升级约需四分钟，不影响保修。", "升级约需五分钟，不影响保修。");
    expect(changedIn(lineOf(comparison, "removed"))).toEqual(["四"]);
    expect(changedIn(lineOf(comparison, "added"))).toEqual(["五"]);
  });

  test("also where one line became two", () => {
    const { hunks } = compareTexts("a b c d", "a b\nc d");
    expect(hunks[0]?.lines.map(textOf)).toEqual(["a b c d", "a b", "c d"]);
  });

  test("but not in lines that have little in common", () => {
    const comparison = compareTexts("alpha beta gamma", "完全不同的一句话");
    expect(changedIn(lineOf(comparison, "removed"))).toEqual([]);
    expect(comparison.detail).toBe("words");
  });
});

describe("what did not change is folded", () => {
  const many = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`);

  test("to three lines around a change, with line numbers of both texts", () => {
    const changed = many.toSpliced(49, 1, "fifty", "and more");
    const { hunks, added, removed } = compareTexts(many.join("\n"), changed.join("\n"));
    expect(hunks).toHaveLength(1);
    expect(hunks[0]).toMatchObject({ oldStart: 47, newStart: 47 });
    expect(hunks[0]?.lines.map(({ kind }) => kind).join(" ")).toBe("same same same removed added added same same same");
    expect(hunks[0]?.lines.at(-1)).toMatchObject({ oldNumber: 53, newNumber: 54 });
    expect([added, removed]).toEqual([2, 1]);
  });

  test("so that distant changes are separate hunks and near ones are not", () => {
    const text = (...at: number[]): string => many.map((line, index) => (at.includes(index) ? "x" : line)).join("\n");
    expect(compareTexts(many.join("\n"), text(10, 60)).hunks).toHaveLength(2);
    expect(compareTexts(many.join("\n"), text(10, 16)).hunks).toHaveLength(1);
    expect(compareTexts(many.join("\n"), many.join("\n"))).toEqual({
      hunks: [],
      added: 0,
      removed: 0,
      detail: "words",
    });
  });
});

describe("whatever the texts are", () => {
  const line = fc.constantFrom("", "a", "b c", "重点 a", "升级约需四分钟", "升级约需五分钟", " ", "\t x", "\r");
  const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join("\n"));

  test("the hunks turn the old text into the new one", () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), fc.oneof(text, fc.string()), (before, after) => {
        expect(applied(before, compareTexts(before, after))).toBe(after);
        expect(applied(before, compareAsWhole(before, after))).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  test("what the counts say is in the hunks, and every line has its number", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { hunks, added, removed } = compareTexts(before, after);
        const lines = hunks.flatMap((hunk) => hunk.lines);
        expect(lines.filter(({ kind }) => kind === "added")).toHaveLength(added);
        expect(lines.filter(({ kind }) => kind === "removed")).toHaveLength(removed);
        for (const one of lines) {
          if (one.oldNumber) expect(textOf(one)).toBe(before.split("\n")[one.oldNumber - 1]);
          if (one.newNumber) expect(textOf(one)).toBe(after.split("\n")[one.newNumber - 1]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("large texts", () => {
  const lines = (word: string, count: number): string =>
    Array.from({ length: count }, (_, i) => `${word} ${i} ${i * 7}`).join("\n");

  test("with many changed lines are compared as a whole, and said to be", () => {
    const comparison = compareTexts(`head\n${lines("old", 3_000)}\ntail`, `head\n${lines("new", 3_000)}\ntail`);
    expect(comparison).toMatchObject({ detail: "none", added: 3_000, removed: 3_000 });
  });

  test("with long changed stretches are compared by lines, and said to be", () => {
    const words = (word: string): string => `${word} `.repeat(4_000);
    expect(compareTexts(`same\n${words("old")}`, `same\n${words("new")}`)).toMatchObject({ detail: "lines", added: 1 });
  });

  test("are compared in a worker with the same result", async () => {
    const [before, after] = [lines("word", 900), lines("word", 905).replace("word 7 ", "other 7 ")];
    expect(await compareSafely({ before, after })).toEqual(compareTexts(before, after));
  });
});
