import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { customerBy } from "../customers/company.ts";
import { write } from "../pages/writing.ts";
import { testApp } from "../support/app.ts";

/** The HTML with its escapes undone: enough to compare addresses. */
const plain = (html: string): string => html.replaceAll("&#x3D;", "=").replaceAll("&amp;", "&");
const inOneLine = (html: string): string => html.replace(/\s+/g, " ");
const textOf = (html: string): string => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
const rail = (html: string): string => textOf(/<aside class="rail right"[\s\S]*?<\/aside>/.exec(html)?.[0] ?? "");

describe("the search page", () => {
  test("shows results with what was looked for marked, and where each is", async () => {
    const app = await testApp();
    await write(app, "mei", "handbook", { title: "备份指南", body: "数据库每天备份。" });
    const { text, status } = await (await app.browser("nobody")).get("/search?q=备份");
    expect(status).toBe(200);
    expect(inOneLine(text)).toMatch(/<a href="\/p\/[\w-]+\/[^"]+"><mark>备份<\/mark>指南<\/a>/);
    expect(inOneLine(text)).toContain("数据库每天<mark>备份</mark>。");
    expect(inOneLine(text)).toContain('<a class="end" href="/s/handbook">handbook</a>');
    expect(text).toContain("1 条结果");
  });

  test("speaks English to those who read English", async () => {
    const app = await testApp();
    await write(app, "mei", "handbook", { title: "Backup" });
    const { text } = await (await app.browser("nobody")).get("/search?q=backup").set("Accept-Language", "en");
    expect(text).toContain("1 result<");
  });

  test("counts by type and by space only what the viewer can see, and keeps what was chosen", async () => {
    const app = await testApp();
    await write(app, "mei", "handbook", { title: "Backup A" });
    await write(app, "mei", "handbook", { title: "Backup AA" });
    await write(app, "qiang", "sales", { title: "Backup B" });
    await write(app, "fang", "finance", { title: "Backup C" });
    await customerBy(app, "mei", { name: "Backup Ltd", key: "backup" });
    const asQiang = await app.browser("qiang");
    const { text } = await asQiang.get("/search?q=backup").set("Accept-Language", "en");
    expect(rail(text)).toMatch(/Type Page 3 Customer 1 Spaces handbook 2 sales 1/);
    const asNobody = await (await app.browser("nobody")).get("/search?q=backup").set("Accept-Language", "en");
    expect(rail(asNobody.text)).toMatch(/Type Page 2 Customer 1 Spaces handbook 2/);
    expect(asNobody.text).not.toContain("finance");
    const sales = await asQiang.get("/search?q=backup&space=sales&type=page").set("Accept-Language", "en");
    expect(rail(sales.text)).toMatch(/Type Page 1 Spaces handbook 2 sales 1/);
    expect(sales.text).toContain("Remove filter: Space sales");
    expect(sales.text).toContain('<input type="hidden" name="space" value="sales">');
    expect(plain(sales.text)).toContain('href="/search?q=backup&type=page" aria-label');
    expect(textOf(sales.text)).toContain("Backup B");
    expect(textOf(sales.text)).not.toContain("Backup A");
  });

  test("offers to write the page that was not found to those who may write, and to nobody else", async () => {
    const app = await testApp();
    const asMei = await (await app.browser("mei")).get('/search?q=退货 "流程" -旧');
    expect(plain(asMei.text)).toContain(`/pages/new?title=${encodeURIComponent("退货 流程")}`);
    const asNobody = await (await app.browser("nobody")).get("/search?q=退货流程");
    expect(asNobody.text).toContain("没有找到“退货流程”");
    expect(asNobody.text).not.toContain("/pages/new?title=");
  });

  test("says what can be asked to those who asked for nothing", async () => {
    const app = await testApp();
    const asNobody = await app.browser("nobody");
    for (const path of ["/search", "/search?q=", "/search?q=%20…"])
      expect((await asNobody.get(path)).text, path).toContain("输入要找的内容");
  });

  test("goes from page to page of many results", async () => {
    const app = await testApp();
    for (let i = 0; i < 23; i++) await write(app, "mei", "handbook", { title: `Note ${i}`, body: "words" });
    const asNobody = await app.browser("nobody");
    const first = await asNobody.get("/search?q=words");
    expect(first.text).not.toContain('rel="prev"');
    const next = /rel="next" href="([^"]+)"/.exec(plain(first.text))?.[1] ?? "";
    const second = await asNobody.get(next);
    expect(second.text.match(/class="row-title"/g)).toHaveLength(3);
    expect(second.text).not.toContain('rel="next"');
    const back = /rel="prev" href="([^"]+)"/.exec(plain(second.text))?.[1] ?? "";
    const titles = (html: string) => html.match(/Note \d+/g);
    expect(titles((await asNobody.get(back)).text)).toEqual(titles(first.text));
  });

  test("needs a login", async () => {
    const app = await testApp();
    expect((await app.anonymous().get("/search?q=x")).status).toBe(303);
  });

  test("answers any text", async () => {
    const app = await testApp();
    await write(app, "mei", "handbook", { title: "Backup", body: "备份 x" });
    const asNobody = await app.browser("nobody");
    const pieces = fc.constantFrom(
      ..."\"“”「-－:：*＊ %_\\'<>&;()\0\ud800",
      "客户：",
      "space:",
      "before:",
      "label:",
      "备份",
      "x",
      "title:",
      "--",
      "/*",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (list) => {
        const { status, text } = await asNobody.get(`/search?q=${encodeURIComponent(list.join("").toWellFormed())}`);
        expect(status).toBe(200);
        expect(text).not.toContain("<>&;()");
      }),
      { numRuns: process.env.DB === "postgres" ? 40 : 150 },
    );
  });
});
