import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery } from "../../src/analyzer/query.ts";
import { highlight, marksOf, type Segment, snippet } from "../../src/analyzer/snippet.ts";

const marks = (query: string) => marksOf(parseQuery(query));
/** Hits in brackets. */
const shown = (segments: Segment[]): string => segments.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");

describe("a title", () => {
  test.each([
    ["备份与恢复指南", "恢复备份", "[备份]与[恢复]指南"],
    ["備份數據庫", "备份数据库", "[備份數據庫]"],
    ["Migrating customers", "customer migration", "[Migrating] [customers]"],
    ["X200-Pro 手册", "x200", "[X200]-Pro 手册"],
    ["X200-Pro 手册", "X200 Pro", "[X200]-[Pro] 手册"],
    ["E-mail setup", "email", "[E-mail] setup"],
    ["Happy customers", "happiness", "[Happy] customers"],
    ["茶叶与茶", "茶", "[茶]叶与[茶]"],
    ["茶叶与茶", "茶叶", "[茶叶]与茶"],
    ["migration guide", "migra*", "[migration] guide"],
    ["How to restore", "how to restore", "How to [restore]"],
    ["Not here", "restore -here", "Not here"],
  ])("%s shows what %s asked for", (title, query, expected) => {
    expect(shown(highlight(title, marks(query)))).toBe(expected);
  });
});

describe("a snippet", () => {
  const filler = "Nothing of interest stands in this sentence. ".repeat(30);

  test("is the part with the most different words", () => {
    const text = `backup ${filler}\n\nThe backup is restored by the operator.\n\n${filler}`;
    const segments = snippet(text, marks("restore backup"));
    expect(shown(segments)).toContain("The [backup] is [restored] by the operator.");
    expect(segments.map((segment) => segment.text).join("").length).toBeLessThan(200);
  });

  test("begins at a sentence, ends at a word, and says where it was cut", () => {
    const said = shown(snippet(`${filler}Here the backup runs. ${filler}`, marks("backup")));
    expect(said).toMatch(/^…Here the \[backup\] runs\. Nothing/);
    expect(said).toMatch(/(?<= )…$/);
  });

  test("works across traditional and simplified characters", () => {
    const text = `${"客戶紀錄。".repeat(60)}先備份資料庫，再還原。${"客戶紀錄。".repeat(60)}`;
    expect(shown(snippet(text, marks("备份数据库 资料库 还原")))).toContain(
      "先[備份][資料庫]，再[還原]。".replace("][", ""),
    );
  });

  test("of a text without hits is its beginning", () => {
    expect(shown(snippet("Short text.\nSecond line.", marks("nowhere")))).toBe("Short text. Second line.");
    expect(shown(snippet(filler, marks("nowhere")))).toMatch(/^Nothing of interest .* …$/);
    expect(snippet("", marks("nowhere"))).toEqual([]);
  });

  test("never cuts a character", () => {
    const family = "👨‍👩‍👧‍👦";
    for (let shift = 0; shift < 12; shift++) {
      const text = `${"x".repeat(shift)}${family.repeat(30)} backup ${family.repeat(30)}`;
      const words = snippet(text, marks("backup"))
        .map((segment) => segment.text)
        .join("");
      expect(words.replaceAll(family, "")).toMatch(/^…?x* backup …$/);
    }
  });

  test("of any text with any query is made of that text", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "b ", "备", "份\n", "👨‍👩‍👧", "e\u0301", "。", "\ud800", "-"),
      maxLength: 400,
    });
    fc.assert(
      fc.property(
        text,
        fc.string({ unit: fc.constantFrom("a", "b ", "备", "份", "*", '"'), maxLength: 8 }),
        (body, query) => {
          const segments = snippet(body, marks(query));
          const words = segments
            .map((segment) => segment.text)
            .join("")
            .replace(/^…|…$/g, "");
          expect(body.replace(/\s+/g, " ")).toContain(words.replace(/\s+/g, " ").trim());
          for (const segment of segments) expect(segment.text).not.toBe("");
        },
      ),
    );
  });
});
