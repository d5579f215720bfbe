import { describe, expect, test } from "vitest";
import { anchorId } from "../../../src/imports/markdown/anchors.ts";
import { readDocument } from "../../../src/imports/markdown/read.ts";

const titleAndBody = (path: string, text: string) => {
  const { title, body } = readDocument(path, text);
  return { title, body };
};

describe("title", () => {
  test("comes from front matter, and the heading that repeats it goes", () => {
    expect(titleAndBody("a.md", "---\ntitle: X 支持\n---\n\n# X  支持\n\nText")).toEqual({
      title: "X 支持",
      body: "Text",
    });
  });

  test("a first heading that says something else stays", () => {
    expect(titleAndBody("a.md", "---\ntitle: X\n---\n# Y\n\nText")).toEqual({ title: "X", body: "# Y\n\nText" });
  });

  test("else comes from the first top heading, without its marks", () => {
    expect(titleAndBody("a.md", "Intro\n\n# A **b** `c` [d](e.md) ![badge](x.svg) {#top}\n\nText\n\n# E")).toEqual({
      title: "A b c d",
      body: "Intro\n\nText\n\n# E",
    });
  });

  test("an underlined heading counts, one in code does not", () => {
    expect(titleAndBody("a.md", "Big\n===\nText").title).toBe("Big");
    expect(titleAndBody("a-b.md", "```\n# x\n```").title).toBe("A b");
  });

  test.each([
    ["sales/career_development.md", "Career development"],
    ["03-setup.md", "Setup"],
    ["sales/index.md", "Sales"],
    ["index.md", "Home"],
    ["产品 价格.md", "产品 价格"],
    ["What%3F.md", "What?"],
    ["folder-name/", "Folder name"],
    ["2024.md", "2024"],
  ])("else from the path %s: %s", (path, title) => {
    expect(readDocument(path, "Text").title).toBe(title);
  });
});

describe("anchors", () => {
  const { anchors, body } = readDocument(
    "a.md",
    "# T\n\n## What's new?\n\n## FAQ & prices\n\n## 步骤 1. 连接 {#step-1}\n\nText {#place}\n\n## FAQ\n\n## FAQ\n\n`code {#kept}`\n\n    x {#kept}",
  );

  test.each([
    ["whats-new", "h-what-s-new"],
    ["Whats-New", "h-what-s-new"],
    ["faq--prices", "h-faq-prices"],
    ["step-1", "h-步骤-1-连接"],
    ["%E6%AD%A5%E9%AA%A4-1-连接", "h-步骤-1-连接"],
    ["place", "h-步骤-1-连接"],
    ["unknown-place", "h-unknown-place"],
  ])("#%s leads to %s", (anchor, id) => {
    expect(anchorId(anchors, anchor)).toBe(id);
  });

  test("are not left in the text, but code keeps its letters", () => {
    expect(body.match(/\{#\w+/g)).toEqual(["{#kept", "{#kept"]);
  });
});
