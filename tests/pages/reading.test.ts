import { describe, expect, test } from "vitest";
import { grant } from "../../src/access/grant.ts";
import type { Customer } from "../../src/db/schema.ts";
import { linkKnowledge } from "../../src/links/commands.ts";
import { getPage } from "../../src/pages/queries.ts";
import { testApp } from "../support/app.ts";
import { tagged } from "./tagged.ts";
import { revise, write } from "./writing.ts";

describe("reading a page", () => {
  test("whoever cannot see it gets the answer for a page that never was", async () => {
    const site = await testApp();
    const page = await write(site, "fang", "finance", { title: "Bonus plan", body: "secret words" });
    const mei = await site.browser("mei");
    for (const path of ["", "/anything"]) {
      const hidden = await mei.get(`/p/${page.id}${path}`);
      const missing = await mei.get(`/p/AAAAAAAAAAAAAAAA${path}`);
      const bare = (html: string, id: string) => html.replaceAll(id, "ID").replace(/nonce="[^"]*"/g, "");
      expect(hidden.status).toBe(404);
      expect(bare(hidden.text, page.id)).toBe(bare(missing.text, "AAAAAAAAAAAAAAAA"));
    }
    expect((await (await site.browser("fang")).get(`/p/${page.id}`)).text).toContain("secret words");
  });

  test("shows where it is, what it says, who wrote it and what it is about", async () => {
    const site = await testApp();
    const { customer, product } = await tagged(site);
    const parent = await write(site, "mei", "handbook", { title: "X 系列" });
    const page = await write(site, "mei", parent.id, {
      title: "X200 固件",
      body: "从 B 起支持。\n\n## 支持范围\n\n## 步骤\n\n:::say\n可以升级。\n:::",
      customers: [customer.id],
      products: [product.id],
      labels: ["固件"],
    });
    const { text } = await (await site.browser("nobody")).get(`/p/${page.id}/whatever`);
    expect(text).toContain('<h1 class="title">X200 固件</h1>');
    expect(text).toMatch(/class="crumbs"[\s\S]*handbook[\s\S]*X 系列/);
    expect(text).toContain('<section class="say">\n<header>可告知客户<button');
    expect(text).toContain('href="/c/huaxin">华信仪器</a>');
    expect(text).toContain('href="/products/X200">');
    expect(text).toContain('href="/labels/%E5%9B%BA%E4%BB%B6"');
    expect(text).toContain(`href="#${encodeURIComponent("h-支持范围")}"`);
    expect(text).toContain(">mei</a>");
  });

  test("offers changes only to those who may make them", async () => {
    const site = await testApp();
    const { customer } = await tagged(site);
    const page = await write(site, "mei", "handbook", { title: "T", customers: [customer.id] });
    const changes = [`/pages/${page.id}/edit`, `/pages/${page.id}/move`, `/pages/${page.id}/trash`, "/removal"];
    const seenBy = async (login: "nobody" | "mei") => (await (await site.browser(login)).get(`/p/${page.id}`)).text;
    for (const url of changes) expect(await seenBy("nobody")).not.toContain(url);
    for (const url of changes) expect(await seenBy("mei")).toContain(url);
  });

  test("a chip shows only to those who may see page and customer", async () => {
    const site = await testApp();
    const { confidential } = await tagged(site);
    const page = await write(site, "root", "handbook", { title: "T", customers: [confidential.id] });
    expect((await (await site.browser("nobody")).get(`/p/${page.id}`)).text).not.toContain("Secret Corp");
    expect((await (await site.browser("root")).get(`/p/${page.id}`)).text).toContain("Secret Corp");
  });

  test("no hidden page shows in tree, links or backlinks", async () => {
    const site = await testApp();
    const page = await write(site, "mei", "handbook", { title: "Open", body: "see [[Margin]]" });
    const margin = await write(site, "lan", "sales", { title: "Margin", body: "see [[Open]]" });
    const seenBy = async (login: "nobody" | "lan") => (await (await site.browser(login)).get(`/p/${page.id}`)).text;
    expect(await seenBy("nobody")).not.toContain(margin.id);
    expect(await seenBy("nobody")).toContain("see Margin</p>");
    expect(await seenBy("lan")).toContain(`<a class="ref page" href="/p/${margin.id}/margin">Margin</a>`);
    expect(await seenBy("lan")).toMatch(/links[\s\S]*<li><a href="\/p\/[\w-]+\/margin">Margin<\/a><\/li>/);
  });

  test("payloads as titles, names and labels stay text", async () => {
    const site = await testApp();
    const payload = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const parent = await write(site, "mei", "handbook", { title: payload, labels: [payload.slice(0, 50)] });
    const page = await write(site, "mei", parent.id, {
      title: `${payload} 2`,
      body: `## ${payload}\n\n## b\n\n[[${payload}]] [[x|${payload}]]`,
    });
    const mei = await site.browser("mei");
    for (const path of [
      `/p/${page.id}`,
      `/p/${parent.id}`,
      "/s/handbook",
      `/pages/${page.id}/edit`,
      `/labels/${encodeURIComponent(payload.slice(0, 50))}`,
      `/pages/${parent.id}/backlinks`,
    ]) {
      const { text, status } = await mei.get(path);
      expect(status).toBe(200);
      expect(text).not.toMatch(/<script>alert|<img src=x/);
      expect(text).toContain("&lt;script&gt;");
    }
  });
});

describe("a space", () => {
  test("shows its pages to those who may see it, and does not exist for others", async () => {
    const site = await testApp();
    await write(site, "qiang", "sales", { title: "Price list" });
    expect((await (await site.browser("mei")).get("/s/sales")).status).toBe(404);
    const { text } = await (await site.browser("qiang")).get("/s/sales");
    expect(text).toContain("Price list");
    expect(text).toContain("/s/sales/new");
  });

  test("without pages says what to do to those who may write, and does not offer it to others", async () => {
    const site = await testApp();
    expect((await (await site.browser("mei")).get("/s/handbook")).text).toContain('href="/s/handbook/new"');
    expect((await (await site.browser("nobody")).get("/s/handbook")).text).not.toContain("/s/handbook/new");
  });
});

test("labels list the visible pages that bear them, however they are written", async () => {
  const site = await testApp();
  await write(site, "mei", "handbook", { title: "Open page", labels: ["Ｆｉｒｍｗａｒｅ"] });
  await write(site, "lan", "sales", { title: "Hidden page", labels: ["firmware"] });
  const { text } = await (await site.browser("nobody")).get("/labels/FIRMWARE");
  expect(text).toContain("Open page");
  expect(text).not.toContain("Hidden page");
});

test("a renamed page answers to its old title", async () => {
  const site = await testApp();
  const page = await write(site, "mei", "handbook", { title: "Old name" });
  const linking = await write(site, "mei", "handbook", { title: "Links", body: "[[old NAME]] and [[New name]]" });
  await revise(site, "mei", page.id, { title: "New name" });
  const { text } = await (await site.browser("nobody")).get(`/p/${linking.id}`);
  expect(text).toContain(`href="/p/${page.id}/new-name">old NAME</a>`);
  expect(text).toContain(`href="/p/${page.id}/new-name">New name</a>`);
});

test("a page says which customers hold its answer, and how many an old one, as far as the reader sees them", async () => {
  const site = await testApp();
  const { customer, confidential } = await tagged(site);
  const page = await write(site, "mei", "handbook", { title: "T", body: ":::say\nFour <minutes>.\n:::" });
  const tell = (one: Customer) =>
    site.as("root", async (tx) =>
      linkKnowledge(tx, {
        page: grant(await getPage(tx.read, page.id), "view"),
        target: { kind: "customer", customer: grant(one, "edit") },
        relation: "told",
      }),
    );
  await tell(customer);
  await tell(confidential);
  const seenBy = async (login: "nobody" | "root") => (await (await site.browser(login)).get(`/p/${page.id}`)).text;
  expect(await seenBy("nobody")).toContain("1 位客户曾收到此答案，最近：华信仪器，");
  expect(await seenBy("nobody")).not.toContain("持有旧答案");
  await revise(site, "mei", page.id, { body: ":::say\nFive <minutes>.\n:::" });
  expect(await seenBy("nobody")).toContain("1 位持有旧答案");
  expect(await seenBy("root")).toContain("2 位持有旧答案");
  expect(await seenBy("nobody")).toContain('data-copy="#say-0"');
  expect(await seenBy("nobody")).toContain('<span id="say-0" hidden>Five &lt;minutes&gt;.</span>');
});
