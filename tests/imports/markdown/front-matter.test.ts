import { describe, expect, test } from "vitest";
import { parseFrontMatter } from "../../../src/imports/markdown/front-matter.ts";

const page = (...lines: string[]) => ["---", ...lines, "---", "", "Text"].join("\n");

describe("front matter", () => {
  test("keeps colons, brackets and hashes of unquoted values, as Wiki.js writes them", () => {
    const { meta } = parseFrontMatter(page("title: Fees: an overview #2", "description: [draft] @all"));
    expect(meta).toMatchObject({ title: "Fees: an overview #2", description: "[draft] @all" });
  });

  test("takes quotation marks off", () => {
    const { meta } = parseFrontMatter(page(`title: "A: \\"B\\""`, "description: '客户'"));
    expect(meta).toMatchObject({ title: 'A: "B"', description: "客户" });
  });

  test.each([
    ['tags: [价格, "a, b"]', ["价格", "a, b"]],
    ["tags: 价格, faq，x", ["价格", "faq", "x"]],
    ["labels:\n  - 价格\n- faq", ["价格", "faq"]],
    ["标签: 价格", ["价格"]],
    ["tags:", []],
  ])("reads the list %j", (line, labels) => {
    expect(parseFrontMatter(page(line)).meta.labels).toEqual(labels);
  });

  test.each([
    ["published: true", true],
    ["isPublished: true", true],
    ["published: false", false],
    ["isPublished: false", false],
    ["published: maybe", false],
    ["draft: true", false],
    ["draft: false", true],
    ["title: x", true],
  ])("%s means published: %s", (line, published) => {
    expect(parseFrontMatter(page(line)).meta.published).toBe(published);
  });

  test("reads times, customers, products and owner", () => {
    const { meta } = parseFrontMatter(
      page(
        "date: 2024-03-05T08:00:00.000Z",
        "dateCreated: 2020-01-02",
        "customers: [C-001]",
        "产品: X200",
        "owner: mei",
      ),
    );
    expect(meta).toMatchObject({
      updatedAt: "2024-03-05T08:00:00.000Z",
      createdAt: "2020-01-02T00:00:00.000Z",
      customers: ["C-001"],
      products: ["X200"],
      owner: "mei",
    });
  });

  test("reports what it has no place for with its line, and dates that are none", () => {
    const { unknown } = parseFrontMatter(page("title: x", "ms.topic: article", "nested:", "  a: 1", "date: soon"));
    expect(unknown).toEqual([
      { key: "ms.topic", line: 3 },
      { key: "nested", line: 4 },
      { key: "date", line: 6 },
    ]);
  });

  test("leaves the text alone and says where it starts", () => {
    expect(parseFrontMatter(page("title: x"))).toMatchObject({ body: "\nText", bodyLine: 3 });
  });

  test.each(["---\n\nA rule, then text.\n\n---\n", "Text\n---\ntitle: x\n---", "---\ntitle: never closed"])(
    "takes no rule for front matter: %j",
    (source) => {
      expect(parseFrontMatter(source)).toMatchObject({ body: source, bodyLine: 0 });
    },
  );
});
