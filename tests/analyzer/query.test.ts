import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery, plainWords, termsOf, termsOfClause } from "../../src/analyzer/query.ts";

const word = (text: string) => ({ kind: "word", text, excluded: false });
const clausesOf = (text: string) => parseQuery(text).clauses;
const filtersOf = (text: string) => parseQuery(text).filters;
const terms = (text: string): string[] => termsOf(parseQuery(text)).map(({ term }) => term);

describe("a query", () => {
  test("is words", () => {
    expect(clausesOf("  X200  备份　v7.5.0 ")).toEqual([word("X200"), word("备份"), word("v7.5.0")]);
  });

  test.each(['"server error"', "“server error”", "「server error」", '"server error', "＂server error＂"])(
    "can be a phrase: %s",
    (text) => {
      expect(clausesOf(text)).toEqual([{ kind: "phrase", text: "server error", excluded: false }]);
    },
  );

  test.each(["为什么叫“知客”呢", "“知客”是什么", 'the"knower"of'])(
    "takes quotes inside a sentence for punctuation: %s",
    (text) => {
      expect(clausesOf(text)).toEqual([word(text)]);
    },
  );

  test("may go on after a phrase with a comma", () => {
    expect(clausesOf("“备份失败”，恢复").map(({ kind }) => kind)).toEqual(["phrase", "word"]);
  });

  test("can leave words, phrases and filters out", () => {
    expect(clausesOf('-old －旧 -"not this"')).toEqual([
      { kind: "word", text: "old", excluded: true },
      { kind: "word", text: "旧", excluded: true },
      { kind: "phrase", text: "not this", excluded: true },
    ]);
    expect(filtersOf("-label:draft")).toEqual([{ field: "label", value: "draft", excluded: true }]);
  });

  test("takes a hyphen inside a word, or alone, for what it is", () => {
    expect(clausesOf("X200-Pro - ok")).toEqual([word("X200-Pro"), word("ok")]);
  });

  test("can be the beginning of a word", () => {
    expect(clausesOf("migra* 备份＊ ***")).toEqual([
      { kind: "prefix", text: "migra", excluded: false },
      { kind: "prefix", text: "备份", excluded: false },
    ]);
  });

  test.each([
    ["customer:acme", "customer", "acme"],
    ["客户：华信", "customer", "华信"],
    ["客戶:華信", "customer", "華信"],
    ['product:"X200 Pro"', "product", "X200 Pro"],
    ["空间：“售前 支持”", "space", "售前 支持"],
    ["Title:backup", "title", "backup"],
    ["tag:faq", "label", "faq"],
    ["before:2026-01-01", "before", "2026-01-01"],
  ])("has the filter %s", (text, field, value) => {
    expect(filtersOf(text)).toEqual([{ field, value, excluded: false }]);
    expect(clausesOf(text)).toEqual([]);
  });

  test("takes what only looks like a filter for words", () => {
    expect(parseQuery("note:this https://example.com customer: 10:30 问题：为何")).toEqual({
      filters: [],
      clauses: ["note", "this", "https", "//example.com", "customer:", "10:30", "问题", "为何"].map(word),
    });
  });

  test("in words is what the title of a new page could be", () => {
    expect(plainWords(parseQuery("X200 “错误 503” -旧 space:support 备份*"))).toBe("X200 错误 503 备份");
  });
});

describe("the terms of a query", () => {
  test("leave out stop words, unless there is nothing else", () => {
    expect(terms("how do I restore the backups")).toEqual(["restor", "backup"]);
    expect(terms("to be or not")).toEqual(["to", "be", "or", "not"]);
    expect(terms("什么")).toEqual(["什", "什么", "么"]);
  });

  test("leave out what is excluded and hold the words of a title filter", () => {
    expect(terms("backup -restore title:guide space:sales")).toEqual(["backup", "guid"]);
  });

  test("say how often each was asked for", () => {
    expect(termsOf(parseQuery("backup backups"))).toEqual([{ term: "backup", unigram: false, count: 2 }]);
  });

  test("of a clause are what a text must hold to hold it", () => {
    expect(termsOfClause({ kind: "phrase", text: "备份恢复", excluded: false })).toEqual(["备份", "份恢", "恢复"]);
    expect(termsOfClause({ kind: "word", text: "茶", excluded: false })).toEqual(["茶"]);
  });
});

test("any text is a query", () => {
  const pieces = fc.constantFrom(
    ..."\"“”「」『』-－:：*＊ \n\0\ud800()[]\\%_'",
    "客户：",
    "space:",
    "-label:",
    'title:"',
    "备",
    "x",
  );
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(pieces, { maxLength: 30 }).map((list) => list.join("")),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      const query = parseQuery(text);
      for (const { text: clause } of query.clauses) expect(clause).toMatch(/[\p{L}\p{N}]/u);
      for (const { value } of query.filters) expect(value).not.toBe("");
      termsOf(query);
    }),
    { numRuns: 2_000 },
  );
  for (const piece of ['"', "a:", "客户：", "-", "a*", "「"])
    expect(() => parseQuery(piece.repeat(50_000))).not.toThrow();
});
