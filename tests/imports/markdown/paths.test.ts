import { describe, expect, test } from "vitest";
import { resolverOf } from "../../../src/imports/markdown/paths.ts";

const { resolve, resolveName } = resolverOf(
  [
    "index.md",
    "a/b.md",
    "a/index.md",
    "a/价 格.md",
    "c.md",
    "X.md",
    "img/logo.png",
    "zh/d.md",
    "dup/e.md",
    "dup2/e.md",
    "F.md",
    "f.md",
  ],
  new Map([
    ["", "index.md"],
    ["a", "a/index.md"],
    ["c", "c.md"],
    ["dup", "dup/"],
  ]),
);
const path = (from: string, address: string) => resolve(from, address)?.path;

describe("where a link points", () => {
  test.each([
    ["a/b.md", "../c.md", "c.md"],
    ["a/b.md", "./index.md", "a/index.md"],
    ["a/b.md", "/c.md", "c.md"],
    ["a/b.md", "/a/b", "a/b.md"],
    ["index.md", "a/", "a/index.md"],
    ["index.md", "a", "a/index.md"],
    ["index.md", "c/", "c.md"],
    ["index.md", "dup/", "dup/"],
    ["a/b.md", "..", "index.md"],
    ["index.md", "a/%E4%BB%B7%20%E6%A0%BC.md", "a/价 格.md"],
    ["index.md", "x.MD", "X.md"],
    ["index.md", "c.html", "c.md"],
    ["index.md", "c.md?plain=1#top", "c.md"],
    ["zh/d.md", "/d.md", "zh/d.md"],
    ["index.md", "/en/c.md", "c.md"],
    ["a/b.md", "/index", "index.md"],
  ])("from %s, %s is %s", (from, address, expected) => {
    expect(path(from, address)).toBe(expected);
  });

  test.each(["https://x.test/c.md", "//x.test/c.md", "mailto:c.md", "#c", "../../c.md", "../c.md", "none.md", ""])(
    "%j from the top points at nothing here",
    (address) => {
      expect(path("index.md", address)).toBeUndefined();
    },
  );

  test("guesses no case where two names differ in nothing else", () => {
    const { resolve: either } = resolverOf(["Ab.md", "aB.md"], new Map());
    expect([path("index.md", "f.md"), either("index.md", "ab.md")]).toEqual(["f.md", undefined]);
  });

  test("tells pages from files, and keeps the anchor", () => {
    expect(resolve("a/b.md", "../img/logo.png")).toEqual({ path: "img/logo.png", kind: "file", anchor: "" });
    expect(resolve("index.md", "dup/#h")).toEqual({ path: "dup/", kind: "page", anchor: "h" });
    expect(resolve("index.md", "c.md##loop--tie")).toMatchObject({ anchor: "loop--tie" });
  });

  test("finds a page by its name alone only where one page has it", () => {
    expect(resolveName("index.md", "B#part")).toEqual({ path: "a/b.md", kind: "page", anchor: "part" });
    expect(resolveName("index.md", "价-格")?.path).toBe("a/价 格.md");
    expect(resolveName("index.md", "e")).toBeUndefined();
  });
});
