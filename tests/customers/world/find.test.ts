import { describe, expect, test } from "vitest";
import { buildIndex } from "../../../src/customers/world/build.ts";
import type { Document } from "../../../src/customers/world/document.ts";
import { find, type Searchable, unpack } from "../../../src/customers/world/find.ts";

const document = (title: string, text = "", tags: string[] = []): Document => ({
  kind: "page",
  id: title,
  title,
  url: "/p/x",
  text,
  tags,
  why: [],
  badges: [],
  warnings: [],
  notes: [],
  end: "",
  say: null,
  tell: null,
});

/** As a browser gets it: through JSON. */
const world = (documents: Document[]): Searchable => unpack(JSON.parse(JSON.stringify(buildIndex(documents))));
const titles = (searchable: Searchable, text: string): string[] =>
  find(searchable, text).hits.map((hit) => hit.document.title);

const customers = world([
  document("X200 固件 v7 兼容性", "您使用的 X200（硬件 B 版）可以直接升级到 v7.5，不影响保修。", ["X200"]),
  document("保修与退换", "标准保修 24 个月，例外 36 个月。"),
  document("Certificate rotation guide", "Rotate certificates before they expire. Backups of old keys are kept."),
  document("数据备份", "每天备份一次。"),
  document("张伟", "", ["zhangwei zw 张伟", "13800138000", "8000"]),
  document("X200-Pro 安装", "机柜与电源。", ["X200-Pro"]),
]);

describe("finding in a customer's world", () => {
  test("a Chinese word of two characters, in the title before in the text", () => {
    expect(titles(customers, "固件")).toEqual(["X200 固件 v7 兼容性"]);
    expect(titles(customers, "保修")).toEqual(["保修与退换", "X200 固件 v7 兼容性"]);
  });

  test("several words in any order; those who have all of them come alone", () => {
    expect(titles(customers, "固件 升级")).toEqual(["X200 固件 v7 兼容性"]);
    expect(titles(customers, "升级 x200 固件")).toEqual(["X200 固件 v7 兼容性"]);
    expect(titles(customers, "保修 固件")).toEqual(["X200 固件 v7 兼容性"]);
  });

  test("words written without a space, with others between them in the text", () => {
    expect(titles(customers, "固件升级")).toEqual(["X200 固件 v7 兼容性"]);
    expect(titles(customers, "固件手册大全")).toEqual([]);
  });

  test("繁体 finds 简体", () => {
    expect(titles(customers, "數據備份")).toEqual(["数据备份"]);
  });

  test("a product code whole, in parts, in any case and unfinished", () => {
    expect(titles(customers, "x200-pro")).toEqual(["X200-Pro 安装"]);
    expect(titles(customers, "X200-Pr")).toEqual(["X200-Pro 安装"]);
    expect(titles(customers, "x20").length).toBe(2);
    expect(titles(customers, "200").length).toBe(2);
    expect(titles(customers, "v7.5")).toEqual(["X200 固件 v7 兼容性"]);
  });

  test("the beginning of the last word, but not of words before it", () => {
    expect(titles(customers, "rot")).toEqual(["Certificate rotation guide"]);
    expect(titles(customers, "rot ")).toEqual([]);
    expect(titles(customers, "rotating certificate")).toEqual(["Certificate rotation guide"]);
  });

  test("one slip in a longer Latin word, none in a short one or in Chinese", () => {
    expect(titles(customers, "certifcate ")).toEqual(["Certificate rotation guide"]);
    expect(titles(customers, "bakcups")).toEqual(["Certificate rotation guide"]);
    expect(titles(customers, "kez ")).toEqual([]);
    expect(titles(customers, "固体")).toEqual([]);
  });

  test("a contact by the initials of a name and the last digits of a phone", () => {
    expect(titles(customers, "zw")).toEqual(["张伟"]);
    expect(titles(customers, "8000")).toEqual(["张伟"]);
  });

  test("any text is a legal query", () => {
    for (const text of ["", " ", "*", "+-:^~", "title:x", "a~99", "\ud800", "😀", "的", "x".repeat(5000)])
      expect(() => find(customers, text)).not.toThrow();
    expect(titles(customers, "的")).toEqual([]);
    expect(find(customers, "").total).toBe(0);
    expect(titles(world([]), "固件")).toEqual([]);
  });
});
