import { describe, expect, test } from "vitest";
import type { Segment } from "../../../src/analyzer/snippet.ts";
import { excerptOf } from "../../../src/customers/world/excerpt.ts";

const marks = (...terms: string[]) => ({ terms: new Set(terms), prefixes: [] });
const wordsOf = (segments: Segment[]) => segments.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");
const say = "可以直接升级到 v7.5。\n\n约需 $& 4 分钟。";
const text = `X200 从 B 版起支持。批量升级请先读清单。\n\n${say}\n\n支持范围：A 版需换引导程序。`;

describe("what a hit shows of a page", () => {
  test("is the whole answer that may be told, and beside it the passage that was looked for", () => {
    const { answer, passage } = excerptOf({ text, say }, marks("升级"));
    expect(wordsOf(answer)).toBe("可以直接[升级]到 v7.5。 约需 $& 4 分钟。");
    expect(wordsOf(passage)).toContain("批量[升级]请先读清单");
    expect(wordsOf(passage)).not.toContain("可以直接");
  });

  test("is the answer alone where nothing else holds what was looked for", () => {
    expect(excerptOf({ text, say }, marks("分钟")).passage).toEqual([]);
  });

  test("is a passage where nothing may be told, its beginning when only the title was found", () => {
    const { answer, passage } = excerptOf({ text: "保修两年。", say: null }, marks("固件"));
    expect([answer, wordsOf(passage)]).toEqual([[], "保修两年。"]);
  });
});
