import { describe, expect, test } from "vitest";
import { RENDER_VERSION, renderMarkdown } from "../../src/markdown/render.ts";
import { htmlOf } from "./html-of.ts";

describe("the dialect", () => {
  test("tables become scrollable, aligned by class and never by style", () => {
    const html = htmlOf("| a | b |\n|:--|--:|\n| 1 | 2 |");
    expect(html).toContain('<div class="table" tabindex="0"><table>');
    expect(html).toContain('<td class="align-right">2</td>');
    expect(html).not.toContain("style=");
  });

  test("strikethrough, emphasis and line breaks work", () => {
    expect(htmlOf("~~old~~ *a* **b** x<br>y")).toBe(
      "<p><s>old</s> <em>a</em> <strong>b</strong> x<br>\ny</p>\n".replace("<p>", "<p>"),
    );
  });

  test("emphasis ends after Chinese punctuation although no space follows", () => {
    expect(htmlOf("**重点。**后文")).toContain("<strong>重点。</strong>后文");
    expect(htmlOf("前文**「引」**后文")).toContain("前文<strong>「引」</strong>后文");
    expect(htmlOf("2 * 3 * 4")).not.toContain("<em>");
  });

  test("a line end between Chinese characters leaves no gap, and one between words does", () => {
    expect(htmlOf("中文\n换行")).toContain("中文换行");
    expect(htmlOf("two\nlines")).toContain("two\nlines");
  });

  test("task items show a disabled box named after the item", () => {
    const html = htmlOf("- [x] Ask [[Mei]]\n- [ ] Tell\n- [link]\n- no task");
    expect(html).toContain('<li class="task"');
    expect(html).toContain('<input type="checkbox" disabled="" aria-label="Ask Mei" checked="">Ask {title Mei}');
    expect(html).toContain('<input type="checkbox" disabled="" aria-label="Tell">Tell');
    expect(html.match(/checkbox/g)).toHaveLength(2);
  });

  test("footnotes get ids of their own and lead back", () => {
    const html = htmlOf("a[^x] b[^x] c^[inline]\n\n[^x]: note");
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(["fnref1", "fnref1:1", "fnref2", "fn1", "fn2"]);
    expect(html).toContain('href="#fnref1"');
  });

  test("code is coloured for a known language only, and never guessed", () => {
    expect(htmlOf("```ts\nconst a = 1\n```")).toContain('<code class="hljs language-typescript"><span class="hljs-');
    for (const fence of ["```\nconst a = 1\n```", "```klingon\nconst a = 1\n```", "    const a = 1"])
      expect(htmlOf(fence)).toBe('<pre tabindex="0"><code>const a = 1\n</code></pre>\n');
  });

  test("comments on their own lines are left out, and unfinished ones stay text", () => {
    expect(htmlOf("<!-- hidden\nnote -->\nshown")).toBe("<p>shown</p>\n");
    expect(htmlOf("<!-- open")).toBe("<p>&lt;!-- open</p>\n");
  });

  test("paragraphs in another language say so", () => {
    expect(htmlOf("知识")).toContain('<p lang="zh">');
    expect(htmlOf("Two words")).toContain('<p lang="en">');
    expect(htmlOf("知识库です")).toContain("<p>");
    expect(htmlOf("X200")).toContain("<p>");
  });
});

describe("headings", () => {
  test("get readable ids, unique in the page, in both languages", () => {
    const { headings } = renderMarkdown("## 支持范围\n## English Summary!\n### 支持范围\n## \\*\\*");
    expect(headings).toEqual([
      { level: 2, id: "h-支持范围", text: "支持范围" },
      { level: 2, id: "h-english-summary", text: "English Summary!" },
      { level: 3, id: "h-支持范围.2", text: "支持范围" },
      { level: 2, id: "h-section", text: "**" },
    ]);
  });

  test("move down one level where a text uses the first, which belongs to the title", () => {
    expect(renderMarkdown("# A\n## B").headings.map(({ level }) => level)).toEqual([2, 3]);
    expect(renderMarkdown("## A\n### B").headings.map(({ level }) => level)).toEqual([2, 3]);
  });

  test("are found again by the anchors people and other wikis write", () => {
    const html = htmlOf("[a](#english-summary) [b](#English%20Summary) [[#English Summary]]\n\n## English summary");
    expect(html.match(/href="#h-english-summary"/g)).toHaveLength(3);
  });
});

describe("blocks", () => {
  const text = ":::say\n您好\n:::\n\n:::internal\n秘密\n:::";

  test("say and internal become sections with a place for their headings", () => {
    expect(htmlOf(text)).toBe(
      '<section class="say">\n{say 0}<p lang="zh">您好</p>\n</section>\n' +
        '<section class="say internal">\n{internal 0}<p lang="zh">秘密</p>\n</section>\n',
    );
  });

  test("the text to tell holds addresses, list marks and nothing internal", () => {
    const { sayBlocks } = renderMarkdown(
      "::::say\n您好，见 [文档](https://a.example/x)、[[内部页|升级说明]]。\n\n1. 一\n2. 二\n\n:::internal\n成本 300\n:::\n再见\n::::\n\n:::say\ntwo\n:::",
    );
    expect(sayBlocks).toEqual(["您好，见 文档 (https://a.example/x)、升级说明。\n\n1. 一\n2. 二\n\n再见", "two"]);
  });

  test("a say block that is never closed is no say block, while an internal one runs to the end", () => {
    expect(renderMarkdown(":::say\n您好\n\n不可外传").sayBlocks).toEqual([]);
    expect(htmlOf(":::say\n您好")).not.toContain("section");
    expect(htmlOf(":::internal\na\n\nb")).toBe(
      '<section class="say internal">\n{internal 0}<p>a</p>\n<p>b</p>\n</section>\n',
    );
  });

  test("an unclosed block in a list item ends with the item and loses no line", () => {
    expect(htmlOf("- :::internal\n  a\n\nafter")).toContain("<p>after</p>");
  });
});

test("a rendering says its version, its plain words and the sites it links to", () => {
  const rendered = renderMarkdown(
    "# T\n\na **b** `c` <https://x.example/> [d](https://y.example)\n\n- e\n\n```\nf\n```",
  );
  expect(rendered.version).toBe(RENDER_VERSION);
  expect(rendered.text).toBe("T\n\na b c https://x.example/ d\n\n- e\n\nf");
  expect(rendered.urls).toEqual(["https://x.example/", "https://y.example"]);
});

test("rendering the same text twice gives the same result", () => {
  const text = "a[^1] [[b]]\n\n[^1]: c\n\n## d";
  expect(renderMarkdown(text)).toEqual(renderMarkdown(text));
});
