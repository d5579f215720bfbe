import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold, titleKey, tokenize } from "../../src/analyzer/analyze.ts";

const terms = (text: string): string[] => tokenize(text).map((token) => token.term);
const telling = (text: string): string[] =>
  tokenize(text)
    .filter((token) => !token.stop)
    .map((token) => token.term);

describe("English", () => {
  test("is reduced to stems", () => {
    expect(terms("Customers are migrating")).toEqual(["custom", "are", "migrat"]);
  });

  test("keeps stop words in the index, marked", () => {
    expect(telling("What do the customers of Acme ask?")).toEqual(["custom", "acm", "ask"]);
    expect(terms("To be or not to be")).toEqual(["to", "be", "or", "not", "to", "be"]);
  });

  test("finds a hyphenated word however it is written", () => {
    expect(terms("e-mails")).toContain("email");
    expect(terms("Emails")).toEqual(["email"]);
    expect(terms("on-premise")).toEqual(expect.arrayContaining(["onpremis", "on", "premis"]));
  });
});

describe("Chinese", () => {
  test("is cut into pairs and single characters", () => {
    expect(tokenize("客户管").map(({ term, unigram }) => [term, unigram])).toEqual([
      ["客", true],
      ["客户", false],
      ["户", true],
      ["户管", false],
      ["管", true],
    ]);
  });

  test("in traditional characters has the terms of the simplified text", () => {
    expect(terms("備份與還原資料庫")).toEqual(terms("备份与还原资料库"));
  });

  test("keeps only what says something for a query", () => {
    const kept = tokenize("如何备份客户的数据？").filter((token) => !token.stop && !token.unigram);
    expect(kept.map((token) => token.term)).toEqual(["何备", "备份", "份客", "客户", "数据"]);
  });

  test("next to Latin letters leaves both whole", () => {
    expect(terms("安装X200型号")).toEqual(["安", "安装", "装", "x200", "200", "型", "型号", "号"]);
  });

  test("beyond the basic plane is cut between characters", () => {
    expect(terms("𠮷野家")).toEqual(["𠮷", "𠮷野", "野", "野家", "家"]);
  });
});

describe("an identifier", () => {
  test.each([
    ["X200-Pro", ["x200pro", "x200", "200", "pro"]],
    ["v7.5.0", ["v7.5.0", "7.5.0", "7.5"]],
    ["foo-bar5", ["foobar5", "foo", "bar5", "bar"]],
    ["tidb_enable_x", ["tidbenablex", "tidb", "enabl", "x"]],
    ["GTXPro", ["gtxpro", "gtx", "pro"]],
    ["APIs", ["api"]],
    ["C++", ["c++", "c"]],
    ["C#", ["c#", "c"]],
    ["R&D", ["r&d", "r", "d"]],
    ["mei@example.com", ["mei@example.com", "mei", "exampl", "com"]],
    ["2024-05-01", ["2024-05-01", "2024", "05", "01"]],
  ])("%s is found whole and in parts", (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  test("does not depend on what was read before it", () => {
    expect(terms("½")).toEqual(["1", "2"]);
    expect(terms("gtxpro GTXPro")).toEqual(["gtxpro", "gtxpro", "gtx", "pro"]);
  });

  test("is not torn apart when it is a hash, and never makes an endless term", () => {
    expect(terms("a3f9c2d1e0b7")).toEqual(["a3f9c2d1e0b7"]);
    expect(terms("𝒳".repeat(300) + "a".repeat(300))[0]).toHaveLength(64);
  });
});

describe("any text", () => {
  test("gives tokens that stand where they say", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        for (const { term, start, end } of tokenize(text)) {
          expect(term).not.toBe("");
          expect(term).toBe(term.toWellFormed());
          expect(0 <= start && start < end && end <= text.length).toBe(true);
        }
      }),
    );
    const place = tokenize("Ｘ２００ 備份 cafe\u0301").find((token) => token.term === "cafe");
    expect(place).toMatchObject({ start: 8, end: 13 });
  });

  test.each(["1.1", "a-", "Aa", "aA9", "s", "'", "e\u0301\u0316", "____1", "a@"])(
    "repeated without end is cut in time that grows with its length: %s",
    (piece) => {
      expect(tokenize(piece.repeat(40_000)).length).toBeGreaterThanOrEqual(0);
    },
  );

  test("and its folded form have the same ideographs", () => {
    expect(terms(fold("備份 數據庫"))).toEqual(terms("備份 數據庫"));
  });
});

describe("the key of a title", () => {
  test.each([
    ["Backup: Getting started", "backup getting-started"],
    ["备份 X200：手册", "備份X200 手冊"],
    ["ＡＰＩ　Guide", "api guide"],
    ["“客户”管理", "客户管理"],
  ])("is the same for %s and %s", (title, other) => {
    expect(titleKey(title)).toBe(titleKey(other));
  });

  test("tells C, C++ and C# apart and is never empty for a title of punctuation", () => {
    expect(new Set(["C", "C++", "C#"].map(titleKey)).size).toBe(3);
    expect(titleKey("???")).toBe("???");
    expect(titleKey(" ")).toBe("");
  });

  test("is its own key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (title) => {
        expect(titleKey(titleKey(title))).toBe(titleKey(title));
      }),
    );
  });
});
