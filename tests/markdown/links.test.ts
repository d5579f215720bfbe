import { describe, expect, test } from "vitest";
import { parsePath, parseWikiLink, refKey, refText } from "../../src/markdown/refs.ts";
import { renderMarkdown } from "../../src/markdown/render.ts";
import { htmlOf } from "./html-of.ts";

const refs = (text: string) => renderMarkdown(text).refs;
const segment = (text: string) => renderMarkdown(text).segments.find((piece) => "ref" in piece);

describe("wiki links", () => {
  test.each([
    ["[[X200 安装步骤]]", { kind: "title", title: "X200 安装步骤", titleKey: "x200安装步骤" }, "X200 安装步骤"],
    ["[[Page title|the label]]", { kind: "title", title: "Page title", titleKey: "page title" }, "the label"],
    ["[[产品:总览]]", { kind: "title", title: "总览", titleKey: "总览", space: "产品" }, "总览"],
    ["[[customer:HX-1|华信]]", { kind: "customer", key: "HX-1" }, "华信"],
    ["[[Customer: HX-1]]", { kind: "customer", key: "HX-1" }, ""],
    ["[[product:X200]]", { kind: "product", code: "X200" }, ""],
    ["[[@mei.li]]", { kind: "person", login: "mei.li" }, ""],
    ["[[A#支持 范围]]", { kind: "title", title: "A", titleKey: "a", anchor: "h-支持-范围" }, "A › 支持 范围"],
    ["[[C# 指南]]", { kind: "title", title: "C# 指南", titleKey: "c#指南" }, "C# 指南"],
    [
      "[[customer success]]",
      { kind: "title", title: "customer success", titleKey: "customer success" },
      "customer success",
    ],
  ])("%s is read as written", (text, ref, label) => {
    expect(segment(text)).toEqual({ ref, label });
  });

  test.each(["[[]]", "[[ ]]", "[[|label]]", "[[a\nb]]", "[[a]", "\\[[a]]", "`[[a]]`", "```\n[[a]]\n```"])(
    "%j is no link",
    (text) => expect(refs(text)).toEqual([]),
  );

  test("work in table cells with an escaped bar", () => {
    expect(htmlOf("|a|\n|-|\n|[[T\\|label]]|")).toContain("<td>{title label}</td>");
  });

  test("win over a link around them, as links never hold links", () => {
    expect(htmlOf("[see [[T]]](/s/x)")).toBe("<p>[see {title T}](/s/x)</p>\n");
  });

  test("keep their place in emphasis, headings and lists", () => {
    expect(htmlOf("**[[T]]**")).toContain("<strong>{title T}</strong>");
    expect(renderMarkdown("## On [[T|it]]").headings[0]?.text).toBe("On it");
  });
});

describe("links into this site", () => {
  test.each([
    ["[a](/p/Id_1-x/slug#Foo%20Bar)", { kind: "page", id: "Id_1-x", anchor: "h-foo-bar" }],
    ["[a](/p/Id1)", { kind: "page", id: "Id1" }],
    ["[a](/c/%E5%8D%8E%E4%BF%A1)", { kind: "customer", key: "华信" }],
    ["[a](/products/X200?tab=1)", { kind: "product", code: "X200" }],
    ["[a](/people/mei)", { kind: "person", login: "mei" }],
    ["[a](/files/f1/plan.pdf)", { kind: "file", id: "f1", image: false }],
    ["![a](/files/f1)", { kind: "file", id: "f1", image: true }],
  ])("%s is a reference", (text, ref) => {
    expect(segment(text)).toEqual({ ref, label: "a" });
  });

  test.each([
    "/p/a/b/c",
    "/c/a/timeline",
    "/s/space",
    "/p/",
    "/c/%E0%A4%A",
    "//p/a",
    "/x/p/a",
    "https://a.example/p/a",
  ])("%s is not", (href) => expect(parsePath(href)).toBeUndefined());

  test("are listed once each, whatever their labels, in order", () => {
    expect(refs("[[B]] [[a]] [[A|x]] ![](/files/f) [y](/files/f)").map(refKey)).toEqual([
      '["title","","b"]',
      '["title","","a"]',
      '["file","f"]',
    ]);
  });
});

describe("other addresses", () => {
  test("leave with no way back and no referrer", () => {
    expect(htmlOf("[a](https://a.example 'T')")).toContain(
      '<a href="https://a.example" title="T" rel="noopener noreferrer">a</a>',
    );
    expect(htmlOf("[a](mailto:x@a.example) [b](tel:+86105) [c](/s/x)")).not.toContain("rel=");
  });

  test("are linked where written in full, up to the Chinese that follows", () => {
    expect(htmlOf("请看https://a.example/b的页面")).toContain(
      'rel="noopener noreferrer">https://a.example/b</a>的页面',
    );
    for (const word of ["README.md", "a.example", "x@a.example", "ftp://a.example/", "//a.example/x"])
      expect(htmlOf(word)).not.toContain("<a");
  });

  test("pictures of other sites are offered as links, as nothing is loaded from them", () => {
    expect(htmlOf("![plan](https://a.example/p.png)")).toBe(
      '<p><a href="https://a.example/p.png" rel="noopener noreferrer">plan</a></p>\n',
    );
    expect(htmlOf("[![plan](https://a.example/p.png)](https://b.example)")).toContain('noreferrer">plan</a>');
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "//evil.example",
    "&#106;avascript:x",
    "java&#10;script:x",
    "x:y/z",
  ])("%s is never an address", (href) => {
    expect(htmlOf(`[a](${href}) [b](<${href}>) <${href}> ![c](${href})\n\n[r]: ${href}\n[r]`)).not.toMatch(
      /(?:href|src)="(?!#)/,
    );
  });
});

test("a reference without a label still has a text", () => {
  expect(parseWikiLink("@mei")).toEqual({ ref: { kind: "person", login: "mei" }, label: "" });
  expect(refText({ kind: "person", login: "mei" })).toBe("@mei");
  expect(renderMarkdown("[[customer:HX]] [[@mei]]").text).toBe("HX @mei");
});
