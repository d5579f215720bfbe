import { describe, expect, test } from "vitest";
import { simplifyHtml } from "../../../src/imports/markdown/html.ts";

const simplified = (source: string) => simplifyHtml(source).text;

describe("HTML in Markdown", () => {
  test.each([
    ['See <a href="x.md#y" class="b">the <b>page</b></a>.', "See [the **page**](x.md#y)."],
    ['<img src="a b.png" alt="Logo" width=3>', "![Logo](<a b.png>)"],
    ["one<br>two", "one\\\ntwo"],
    ["<span style='x'>plain</span> <em> soft </em>", "plain  *soft*"],
    ["press <kbd>Ctrl</kbd>", "press `Ctrl`"],
    ["a <!-- note --> b", "a  b"],
    ['<video src="https://x.test/a.mp4"></video>', "[https://x.test/a.mp4](https://x.test/a.mp4)"],
    ['<a id="top"></a>Text', "Text"],
    ["| a<br/>b | <ul><li>c</li></ul> |\n|---|---|\n| d | e |", "| a b |  • c |\n|---|---|\n| d | e |"],
  ])("%j becomes %j", (source, expected) => {
    expect(simplified(source).trim()).toBe(expected);
  });

  test.each([
    "`<b>code</b>` and ``<a href='x'>``",
    "```html\n<div>\n\n<b>x</b>\n```",
    "    <div>indented code</div>",
    "tiup cluster start <cluster-name> -R <YOUR_ROLE>",
    "\\<b>escaped\\</b>",
    "<https://x.test/> and <a@x.test>",
    "1 < 2 > 0",
  ])("leaves %j as it is", (source) => {
    expect(simplified(source)).toBe(source);
  });

  test("drops wrappers and keeps the Markdown inside them", () => {
    expect(simplified("<div align=center>\n\n## Title\n\n</div>\nEnd")).toBe("\n## Title\n\nEnd\n");
  });

  test("keeps the summary of details and the label of a tab", () => {
    const source =
      '<SimpleTab>\n<div label="使用 TiUP">\n\n步骤\n\n</div>\n</SimpleTab>\n\n<details>\n<summary>更多</summary>\n\n答案\n\n</details>';
    expect(simplified(source).trim()).toBe("**使用 TiUP**\n\n步骤\n\n**更多**\n\n答案");
  });

  test("writes headings and lists", () => {
    const source =
      "<h2>Steps</h2>\n<ol>\n  <li>One\n    <ul>\n      <li>Inner</li>\n    </ul>\n  </li>\n  <li>Two</li>\n</ol>";
    expect(simplified(source).replace(/\n+/g, "\n").trim()).toBe("## Steps\n1. One\n   - Inner\n1. Two");
  });

  test("writes a table, even across blank lines, with one line for each row", () => {
    const source =
      "<table>\n<tr><th>Who</th><th>What</th></tr>\n\n<tr>\n<td><p>Sales | EU</p></td>\n<td><ul><li>a</li><li>b</li></ul></td>\n</tr>\n</table>\n\nEnd";
    expect(simplified(source).trim()).toBe("| Who | What |\n| --- | --- |\n| Sales \\| EU | • a • b |\n\nEnd");
  });

  test("keeps a table that holds code as text", () => {
    const text = simplified("<table><tr><td>\n\n```sh\nrm <x>\n```\n\n</td></tr></table>");
    expect(text).toContain("```sh\nrm <x>\n```");
    expect(text).not.toContain("|");
  });

  test("puts the words of a block link on one line", () => {
    const source = '<a href="a.md" class="block">\n  <h3>Go</h3>\n  <p>there</p>\n</a>';
    expect(simplified(source).trim()).toBe("[Go there](a.md)");
  });

  test("keeps HTML in a list item inside that item", () => {
    expect(simplified("- <details>\n  <summary>Q</summary>\n  A\n  </details>\n- next").trim()).toBe(
      "- **Q**\n\n  A\n\n- next",
    );
  });

  test("drops scripts and styles with what they hold, and counts every element", () => {
    const { text, elements } = simplifyHtml(
      "<style>\n.a {}\n\n.b {}\n</style>\n\n<script>alert(1)</script>\n\nText <b>x</b>",
    );
    expect(text.trim()).toBe("Text **x**");
    expect(elements).toEqual({ style: 1, script: 1, b: 1 });
  });

  test("survives tags that never close", () => {
    expect(simplified("<table><tr><td>a\n\n<a href='x.md'>b\n\n<b>c")).toContain("c");
  });
});
