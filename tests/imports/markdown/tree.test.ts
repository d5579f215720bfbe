import { expect, test } from "vitest";
import { planTree } from "../../../src/imports/markdown/tree.ts";

const parents = (...paths: string[]) =>
  Object.fromEntries(planTree(paths).pages.map((page) => [page.source, page.parent]));

test.each(["index.md", "_index.md", "README.md", "INDEX.md"])("%s is the page of its folder", (name) => {
  expect(parents(`a/${name}`, "a/b.md")).toEqual({ [`a/${name}`]: undefined, "a/b.md": `a/${name}` });
});

test("a page beside a folder of its name is the page of that folder", () => {
  expect(parents("Sales.md", "Sales/EU.md")).toEqual({ "Sales.md": undefined, "Sales/EU.md": "Sales.md" });
});

test("of two pages for a folder one is chosen and the other stays", () => {
  expect(parents("a.md", "a/index.md", "a/README.md")).toEqual({
    "a/index.md": undefined,
    "a/README.md": "a/index.md",
    "a.md": undefined,
  });
});

test("a folder without a page gets one, also in between", () => {
  expect(parents("a/b/c.md")).toEqual({ "a/": undefined, "a/b/": "a/", "a/b/c.md": "a/b/" });
});

test("the page of the imported folder itself stands first at the top", () => {
  expect(planTree(["b.md", "README.md", "a.md"]).pages.map((page) => page.source)).toEqual([
    "README.md",
    "a.md",
    "b.md",
  ]);
});

test("parents come before children, siblings in the order of their numbers", () => {
  const sources = planTree(["10-c.md", "2-b.md", "1/x.md", "1.md"]).pages.map((page) => page.source);
  expect(sources).toEqual(["1.md", "1/x.md", "2-b.md", "10-c.md"]);
});

test("a position in the text of a page comes before its name", () => {
  const positions = new Map([
    ["c.md", 1],
    ["b/index.md", 2],
  ]);
  const { pages } = planTree(["a.md", "b/index.md", "b/x.md", "c.md", "index.md"], positions);
  expect(pages.map((page) => page.source)).toEqual(["index.md", "c.md", "b/index.md", "b/x.md", "a.md"]);
});
