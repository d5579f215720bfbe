import { describe, expect, test } from "vitest";
import { type FoundLink, rewriteLinks } from "../../../src/imports/markdown/links.ts";

const found = (source: string): FoundLink[] => {
  const links: FoundLink[] = [];
  rewriteLinks(source, (link) => {
    links.push(link);
    return undefined;
  });
  return links;
};

const moved = (source: string) => rewriteLinks(source, ({ address }) => ({ address: `/p/${address.length}` }));

describe("links in Markdown", () => {
  test.each([
    ["[a](x.md)", "[a](/p/4)"],
    ['[a](x.md "Title")', '[a](/p/4 "Title")'],
    ["[a]( <a b.md> 'T' )", "[a]( /p/6 'T' )"],
    ["![alt](i.png)", "![alt](/p/5)"],
    ["[![alt](i.png)](x.md)", "[![alt](/p/5)](/p/4)"],
    ["[a [b] c](x(1).md)", "[a [b] c](/p/7)"],
    ["[ref]: ./x.md 'T'\n\n[text][ref]", "[ref]: /p/6 'T'\n\n[text][ref]"],
    ["> - [a](x.md)\n> - [b](yy.md)", "> - [a](/p/4)\n> - [b](/p/5)"],
    ["| [a](x.md) |\n|---|\n| [b](yy.md) |", "| [a](/p/4) |\n|---|\n| [b](/p/5) |"],
    ["## [a](x.md)", "## [a](/p/4)"],
    ["[a](x.md\n\nnext", "[a](/p/4)\n\nnext"],
    ["[[Page]] and [[Page|words]]", "[Page](/p/4) and [words](/p/4)"],
    ["![[i.png]]", "![i.png](/p/5)"],
  ])("%j becomes %j", (source, expected) => {
    expect(moved(source)).toBe(expected);
  });

  test.each([
    "`[a](x.md)`",
    "``code ` [a](x.md)``",
    "```\n[a](x.md)\n```",
    "- list\n\n  ```\n  [a](x.md)\n  ```",
    "    [a](x.md)",
    "\\[a](x.md)",
    "[not a link] (x.md)",
    "<https://x.test/[a](b)>",
  ])("finds no link in %j", (source) => {
    expect(moved(source)).toBe(source);
  });

  test("a backtick without its twin hides nothing", () => {
    expect(found("a ` b [c](x.md)\n\nd ` e").map((link) => link.address)).toEqual(["x.md"]);
  });

  test("says what kind of link it is, with its label and its address without escapes", () => {
    expect(found("![a *b*](i\\_1.png) [l](<x y.md>)\n\n[d]: z.md\n\n[[P#H|w]]")).toEqual([
      { kind: "image", address: "i_1.png", label: "a *b*" },
      { kind: "link", address: "x y.md", label: "l" },
      { kind: "definition", address: "z.md", label: "" },
      { kind: "wiki", address: "P#H", label: "w" },
    ]);
  });

  test("puts other Markdown in the place of a whole link", () => {
    expect(rewriteLinks("See [a](x.md)!", () => ({ markdown: "[[A]]" }))).toBe("See [[A]]!");
  });

  test("keeps everything else to the letter", () => {
    const source = "\n\n- a  \n  b\r\n\t* c\n\n\n> q\n\n| a |\n|--|\n\n    code\n\n***\nEnd \n";
    expect(moved(source)).toBe(source);
  });
});
