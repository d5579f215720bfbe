import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Merge, mergeTexts } from "../../src/compare/merge.ts";
import { mergeSafely } from "../../src/compare/safely.ts";

const mergedOf = (merge: Merge): string | undefined => ("merged" in merge ? merge.merged : undefined);

describe("two people's changes", () => {
  const base = "one\ntwo\nthree\nfour\nfive";

  test("in different places are joined", () => {
    expect(mergeTexts(base, base.replace("one", "ONE"), base.replace("five", "FIVE"))).toEqual({
      merged: "ONE\ntwo\nthree\nfour\nFIVE",
      conflicts: [],
    });
    expect(mergedOf(mergeTexts(base, `zero\n${base}`, `${base}\nsix`))).toBe(`zero\n${base}\nsix`);
  });

  test("in the same line are a conflict that shows both sides and what was there", () => {
    expect(mergeTexts(base, base.replace("two", "2"), base.replace("two", "二"))).toEqual({
      conflicts: [{ base: "two", mine: "2", theirs: "二" }],
    });
  });

  test("in neighbouring lines are a conflict, as their hunks touch", () => {
    const { conflicts } = mergeTexts(base, base.replace("two", "2"), base.replace("three", "3"));
    expect(conflicts).toHaveLength(1);
  });

  test("that are the same change are no conflict", () => {
    expect(mergedOf(mergeTexts(base, base.replace("two", "2"), base.replace("two", "2")))).toBe(
      base.replace("two", "2"),
    );
  });

  test("a line changed by one and deleted by the other is a conflict", () => {
    expect(mergeTexts(base, base.replace("two", "2"), base.replace("two\n", "")).conflicts).toHaveLength(1);
  });
});

describe("whatever the texts are", () => {
  const text = fc
    .array(fc.constantFrom("", "a", "b", "c", "d", "重点"), { maxLength: 12 })
    .map((lines) => lines.join("\n"));

  test("a side that changed nothing gives way to the other", () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(mergeTexts(base, base, other)).toEqual({ merged: other, conflicts: [] });
        expect(mergeTexts(base, other, base)).toEqual({ merged: other, conflicts: [] });
        expect(mergeTexts(base, other, other)).toEqual({ merged: other, conflicts: [] });
      }),
    );
  });

  test("no line that anybody added is lost: it is in the merged text, or in a conflict", () => {
    const numbered = fc.array(fc.nat(30), { maxLength: 10 });
    fc.assert(
      fc.property(text, numbered, numbered, (base, mineAt, theirsAt) => {
        const insert = (at: number[], word: string): string =>
          at
            .reduce(
              (lines, place, i) => lines.toSpliced(place % (lines.length + 1), place % 2, `${word}${i}`),
              base.split("\n"),
            )
            .join("\n");
        const [mine, theirs] = [insert(mineAt, "mine"), insert(theirsAt, "theirs")];
        const merge = mergeTexts(base, mine, theirs);
        const shown = "merged" in merge ? merge.merged.split("\n") : undefined;
        for (const line of [...mine.split("\n"), ...theirs.split("\n")].filter((one) => /mine|theirs/.test(one)))
          if (shown) expect(shown).toContain(line);
        if (!shown) expect(merge.conflicts.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("merging is even-handed: who came first decides nothing but the order of names", () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        expect(mergedOf(mergeTexts(base, mine, theirs))).toBe(mergedOf(mergeTexts(base, theirs, mine)));
      }),
    );
  });
});

test("large texts are merged in a worker with the same result", async () => {
  const base = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join("\n");
  const changes = { base, mine: base.replace("line 7\n", "mine\n"), theirs: base.replace("line 1900\n", "theirs\n") };
  expect(await mergeSafely(changes)).toEqual(mergeTexts(changes.base, changes.mine, changes.theirs));
});
