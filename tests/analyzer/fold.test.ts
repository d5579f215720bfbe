import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "../../src/analyzer/analyze.ts";
import { foldWithOffsets } from "../../src/analyzer/fold.ts";

describe("folding", () => {
  test.each([
    ["Ｘ２００－Ｐｒｏ", "x200-pro"],
    ["Café Müller, ŁÓDŹ, İstanbul", "cafe muller, lodz, istanbul"],
    ["Straße æther Ørsted", "strasse aether orsted"],
    ["cafe\u0301", "cafe"],
    ["備份與還原", "备份与还原"],
    ["don’t", "don't"],
    ["ﬁle", "file"],
    ["㍿ and ½", "株式会社 and 1⁄2"],
    ["客\u200b户\ufeff", "客户"],
    ["й", "й"],
    ["ΟΔΟΣ", "οδοσ"],
    ["ｶﾞ", "ガ"],
  ])("%s becomes %s", (text, expected) => {
    expect(fold(text)).toBe(expected);
  });

  test("a folded text folds to itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
    for (let code = 0; code < 0x3000; code++) {
      const character = String.fromCodePoint(code);
      expect(fold(fold(character))).toBe(fold(character));
    }
  });

  test("every unit knows the character it came from", () => {
    const folded = foldWithOffsets("a½備e\u0301x");
    expect(folded.text).toBe("a1⁄2备ex");
    const places = [...folded.text].map((_, at) => [folded.startOf(at), folded.endOf(at)]);
    expect(places).toEqual([
      [0, 1],
      [1, 2],
      [1, 2],
      [1, 2],
      [2, 3],
      [3, 5],
      [5, 6],
    ]);
  });

  test("a character simplified to a longer one moves nothing beside it", () => {
    const folded = foldWithOffsets("于頔任職");
    expect(folded.text).toBe("于𬱖任职");
    expect(folded.startOf(folded.text.indexOf("任"))).toBe(2);
  });

  test("offsets stay inside the text and never go back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const folded = foldWithOffsets(text);
        for (let at = 0; at < folded.text.length; at++) {
          expect(folded.startOf(at)).toBeLessThan(folded.endOf(at));
          expect(folded.endOf(at)).toBeLessThanOrEqual(text.length);
          if (at > 0) expect(folded.startOf(at)).toBeGreaterThanOrEqual(folded.startOf(at - 1));
        }
      }),
    );
  });
});
