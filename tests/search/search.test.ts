import { describe, expect, test } from "vitest";
import { parseQuery } from "../../src/analyzer/query.ts";
import type { Segment } from "../../src/analyzer/snippet.ts";
import { pageToEdit } from "../../src/pages/policy.ts";
import { trashPage } from "../../src/pages/trash/commands.ts";
import { type Asked, searchAll } from "../../src/search/queries.ts";
import { weighTerms } from "../../src/search/weigh.ts";
import { customerBy, hideInSales, onCustomer, productNamed } from "../customers/company.ts";
import { revise, write } from "../pages/writing.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const company = async () => castIn(await openTestDatabase());
const search = async (cast: Cast, login: Login, asked: string | Asked, paging = { limit: 20 }) =>
  searchAll(await cast.read(login), typeof asked === "string" ? { q: asked } : asked, paging);
const titles = async (cast: Cast, login: Login, asked: string | Asked) =>
  (await search(cast, login, asked)).hits.map((hit) => hit.title);
const shown = (segments: Segment[]): string => segments.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");

describe("somebody who searches", () => {
  test("finds pages by any of their words, the best first, with what was looked for marked", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "Holidays", body: "The backup plan: nobody stays at home." });
    await write(cast, "mei", "handbook", { title: "Backup and restore", body: "How to **restore** the database." });
    const { hits, total } = await search(cast, "nobody", "restoring backups");
    expect(total).toBe(2);
    expect(hits.map((hit) => [shown(hit.titleSegments), shown(hit.passage)])).toEqual([
      ["[Backup] and [restore]", "How to [restore] the database."],
      ["Holidays", "The [backup] plan: nobody stays at home."],
    ]);
    expect(hits[0]).toMatchObject({ type: "page", place: { name: "handbook", url: "/s/handbook" }, person: "mei" });
    expect(hits[0]?.url).toMatch(/^\/p\/[\w-]+\/backup-and-restore$/);
  });

  test("finds 繁体 by 简体 and the other way round", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "備份與還原", body: "每天備份資料庫一次。" });
    await write(cast, "mei", "handbook", { title: "网络", body: "数据库的网络设置。" });
    expect(await titles(cast, "nobody", "备份")).toEqual(["備份與還原"]);
    expect(await titles(cast, "nobody", "網絡")).toEqual(["网络"]);
    expect(shown((await search(cast, "nobody", "备份")).hits[0]?.passage ?? [])).toBe("每天[備份]資料庫一次。");
  });

  test("finds codes and versions whole, in part, and in other spellings", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "Gateway", body: "X200-Pro runs firmware v7.5.0." });
    for (const query of ["x200", "X200-Pro", "x200pro", "X200 Pro", "7.5", "v7.5.0"])
      expect(await titles(cast, "nobody", query), query).toEqual(["Gateway"]);
    expect(await titles(cast, "nobody", "v7.6.0")).toEqual([]);
  });

  test("finds the page called exactly so before those that say it more often", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "Long tale", body: "warranty ".repeat(40) });
    await write(cast, "mei", "handbook", { title: "Warranty", body: "See the contract." });
    expect(await titles(cast, "nobody", "warranty")).toEqual(["Warranty", "Long tale"]);
  });

  test("tells apart the page called exactly so from one called nearly so", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "Warranty", body: "warranty ".repeat(40) });
    await write(cast, "mei", "handbook", { title: "The warranty", body: "See the contract." });
    expect(await titles(cast, "nobody", "the warranty")).toEqual(["The warranty", "Warranty"]);
  });

  test("finds customers, products, contacts and what was said", async () => {
    const cast = await company();
    const customer = await customerBy(cast, "mei", {
      name: "华信仪器有限公司",
      short_name: "华信",
      key: "huaxin",
      phone: "021-5566 7788",
    });
    const at = onCustomer(cast, "mei", "huaxin");
    await at.contact("张工");
    await at.said("网关的固件升级后正常。");
    await productNamed(cast, "X200", "X200 网关");
    const found = async (query: string) =>
      (await search(cast, "nobody", query)).hits.map((hit) => [hit.type, hit.title, hit.url]);
    expect(await found("华信")).toEqual([["customer", "华信仪器有限公司", "/c/huaxin"]]);
    expect(await found("7788")).toEqual([["customer", "华信仪器有限公司", "/c/huaxin"]]);
    expect((await found("张工"))[0]?.slice(0, 2)).toEqual(["contact", "张工"]);
    expect((await found("网关")).map(([type]) => type)).toEqual(["product", "interaction"]);
    expect((await search(cast, "nobody", "固件")).hits[0]).toMatchObject({
      type: "interaction",
      title: "华信",
      place: { url: `/c/${customer.key}` },
      talk: { channel: "phone", direction: "out", person: "mei", contact: null },
    });
  });

  test("no longer finds what was changed away or thrown away", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "Plan", body: "alpha" });
    await revise(cast, "mei", page.id, { body: "beta" });
    expect(await titles(cast, "nobody", "alpha")).toEqual([]);
    expect(await titles(cast, "nobody", "beta")).toEqual(["Plan"]);
    await cast.as("mei", (tx) => trashPage(tx, pageToEdit(tx.viewer, page)));
    expect(await titles(cast, "nobody", "beta")).toEqual([]);
  });

  test("finds nothing by asking for nothing, and everything of a filter by a filter alone", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "One", body: "the same" });
    await write(cast, "mei", "handbook", { title: "Two", body: "the same" });
    expect(await search(cast, "nobody", " … ")).toMatchObject({ hits: [], total: 0 });
    expect(await search(cast, "nobody", "unheard")).toMatchObject({ hits: [], total: 0 });
    expect(await titles(cast, "nobody", "space:handbook")).toEqual(["Two", "One"]);
    expect(await titles(cast, "nobody", "-two space:handbook")).toEqual(["One"]);
    expect(await titles(cast, "nobody", "the")).toEqual(["One", "Two"]);
  });
});

describe("operators", () => {
  test('find a "phrase" only where it stands, also across a line and in a title', async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "Server error codes" });
    await write(cast, "mei", "handbook", { title: "B", body: "A server\nerror happened." });
    await write(cast, "mei", "handbook", { title: "C", body: "The error of the server." });
    await write(cast, "mei", "handbook", { title: "D", body: "备份失败后恢复" });
    await write(cast, "mei", "handbook", { title: "E", body: "备份恢复" });
    expect(await titles(cast, "nobody", '"server error"')).toEqual(["Server error codes", "B"]);
    expect(await titles(cast, "nobody", 'server -"server error"')).toEqual(["C"]);
    expect(await titles(cast, "nobody", "“備份恢復”")).toEqual(["E"]);
    expect(await search(cast, "nobody", '"server error"', { limit: 1 })).toMatchObject({ total: 2, atLeast: false });
  });

  test("leave out a -word and complete a prefix*", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "A", body: "migration of databases" });
    await write(cast, "mei", "handbook", { title: "B", body: "migrating cables" });
    expect(await titles(cast, "nobody", "migration -cable")).toEqual(["A"]);
    expect((await titles(cast, "nobody", "migra*")).sort()).toEqual(["A", "B"]);
    expect(await titles(cast, "nobody", "cab*")).toEqual(["B"]);
  });

  test("keep to a title, a label, an author, a type and a time", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "Backup guide", labels: ["FAQ"] });
    cast.clock.advance(40 * 24 * 3_600_000);
    await write(cast, "qiang", "sales", { title: "Backup offer", body: "guide" });
    expect(await titles(cast, "qiang", "title:guide")).toEqual(["Backup guide"]);
    expect(await titles(cast, "qiang", "backup label:faq")).toEqual(["Backup guide"]);
    expect(await titles(cast, "qiang", "backup -标签：faq")).toEqual(["Backup offer"]);
    expect(await titles(cast, "qiang", "backup author:qiang")).toEqual(["Backup offer"]);
    expect(await titles(cast, "qiang", "backup type:page before:2026-11-20")).toEqual(["Backup guide"]);
    expect(await titles(cast, "qiang", "backup after:2026-12")).toEqual(["Backup offer"]);
    expect(await titles(cast, "qiang", { q: "backup", space: "sales" })).toEqual(["Backup offer"]);
    expect(await titles(cast, "qiang", "backup type:customer")).toEqual([]);
    expect(await titles(cast, "qiang", "backup before:yesterday")).toEqual([]);
  });

  test("keep to the world of a customer, and say why each page belongs to it", async () => {
    const cast = await company();
    const customer = await customerBy(cast, "mei", { name: "华信仪器有限公司", short_name: "华信", key: "huaxin" });
    const product = await productNamed(cast, "X200", "X200 网关");
    await onCustomer(cast, "mei", "huaxin").owns(product);
    await onCustomer(cast, "mei", "huaxin").said("问固件何时升级");
    await write(cast, "mei", "handbook", { title: "固件：华信", customers: [customer.id] });
    await write(cast, "mei", "handbook", { title: "固件：网关", products: [product.id] });
    await write(cast, "mei", "handbook", { title: "固件：其他" });
    const { hits } = await search(cast, "nobody", "固件 客户：华信");
    expect(hits.map((hit) => [hit.title, hit.reasons.map((reason) => reason.why)]).sort()).toEqual([
      ["华信", []],
      ["固件：华信", ["tagged"]],
      ["固件：网关", ["owns"]],
    ]);
    expect((await titles(cast, "nobody", { q: "固件", product: "x200" })).sort()).toEqual(["固件：网关"]);
    expect(await titles(cast, "nobody", { q: "固件", customer: "nobody knows" })).toEqual([]);
  });
});

describe("what somebody cannot see", () => {
  test("is not found, by words, filters or counts, and is found by those who can", async () => {
    const cast = await company();
    await write(cast, "fang", "finance", { title: "Bonus backup", body: "backup of salaries" });
    await write(cast, "mei", "handbook", { title: "Backup" });
    expect(await search(cast, "mei", "backup")).toMatchObject({ total: 1, hits: [{ title: "Backup" }] });
    expect(await titles(cast, "mei", "salaries")).toEqual([]);
    expect(await titles(cast, "mei", "sal*")).toEqual([]);
    expect(await titles(cast, "mei", { q: "backup", space: "finance" })).toEqual([]);
    expect(await search(cast, "guest", "backup")).toMatchObject({ total: 0 });
    expect(await search(cast, "fang", "salaries")).toMatchObject({ total: 1 });
  });

  test("a confidential customer is found by its department alone, with its contacts and what was said", async () => {
    const cast = await company();
    const customer = await customerBy(cast, "qiang", { name: "Acme Secret", key: "acme" });
    await onCustomer(cast, "qiang", "acme").contact("Wile Coyote");
    await onCustomer(cast, "qiang", "acme").said("rockets wanted");
    await write(cast, "mei", "handbook", { title: "Rockets", customers: [customer.id] });
    await hideInSales(cast, customer);
    expect(await titles(cast, "mei", "acme coyote rockets")).toEqual(["Rockets"]);
    expect(await titles(cast, "mei", "rockets customer:acme")).toEqual([]);
    expect((await titles(cast, "qiang", "acme coyote rockets")).sort()).toEqual([
      "Acme Secret",
      "Acme Secret",
      "Rockets",
      "Wile Coyote",
    ]);
  });

  test("does not move the order, the count or the snippets of what they can see", async () => {
    const [bare, crowded] = [await company(), await company()];
    for (const cast of [bare, crowded]) {
      for (const [title, body] of VISIBLE) await write(cast, "mei", "handbook", { title, body });
    }
    for (let i = 0; i < 12; i++)
      await write(crowded, "fang", "finance", {
        title: `gateway ${i}`,
        body: `gateway certificate gateway ${"padding ".repeat(i * 20)}`,
      });
    const answers = async (cast: Cast, login: Login) =>
      Promise.all(
        [
          "gateway certificate",
          "certificate rotation",
          "gate*",
          '"gateway certificate"',
          "rotation of the gateway",
        ].map(async (q) => {
          const { hits, total } = await search(cast, login, q);
          return { q, total, hits: hits.map((hit) => [hit.title, shown(hit.passage)]) };
        }),
      );
    expect(await answers(crowded, "nobody")).toEqual(await answers(bare, "nobody"));
    expect(await answers(crowded, "root")).not.toEqual(await answers(bare, "root"));
  });
});

describe("the worth of a word", () => {
  const hidden = { title: "Gateways", body: "gateway gateway" };

  test("is counted by what somebody can see", async () => {
    const [bare, crowded] = [await company(), await company()];
    for (const cast of [bare, crowded]) {
      await write(cast, "mei", "handbook", { title: "A", body: "gateway and one certificate" });
      await write(cast, "mei", "handbook", { title: "B", body: "certificate" });
    }
    for (let i = 0; i < 9; i++) await write(crowded, "fang", "finance", hidden);
    const weights = async (cast: Cast, login: Login) =>
      weighTerms(await cast.read(login), parseQuery("gateway certificate gate*"));
    expect(await weights(crowded, "nobody")).toEqual(await weights(bare, "nobody"));
    expect(await weights(crowded, "root")).not.toEqual(await weights(bare, "root"));
  });

  test("orders results for each by what they can see: a word common among hidden pages stays rare", async () => {
    const cast = await company();
    await write(cast, "mei", "handbook", { title: "A", body: "gateway gateway" });
    await write(cast, "mei", "handbook", { title: "B", body: "certificate today" });
    for (let i = 0; i < 9; i++) await write(cast, "fang", "finance", hidden);
    expect(await titles(cast, "nobody", "gateway certificate")).toEqual(["A", "B"]);
    const forRoot = await titles(cast, "root", "gateway certificate");
    expect(forRoot.filter((title) => title !== "Gateways")).toEqual(["B", "A"]);
  });
});

const VISIBLE = [
  ["Gateway", "The gateway is a box with a certificate."],
  ["Certificates", "A certificate of a gateway, and the rotation of it."],
  ["Rotation", "Rotation of crops. Rotation of staff. One certificate for each."],
  ["Boxes", "Gateway, gateway, gateway: the word is everywhere, the certificate nowhere but here."],
] as const;

describe("a list of results", () => {
  test("goes on where it stopped, without a gap or a double", async () => {
    const cast = await company();
    for (let i = 0; i < 7; i++) await write(cast, "mei", "handbook", { title: `Note ${i}`, body: "same words" });
    const read = await cast.read("nobody");
    const all = await searchAll(read, { q: "words" }, { limit: 100 });
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const part = await searchAll(read, { q: "words" }, { limit: 3, ...(cursor ? { cursor } : {}) });
      expect(part.total).toBe(7);
      seen.push(...part.hits.map((hit) => hit.id));
      if (part.nextCursor === null) break;
      cursor = part.nextCursor;
    }
    expect(seen).toEqual(all.hits.map((hit) => hit.id));
    expect(new Set(seen).size).toBe(7);
    expect(all.nextCursor).toBeNull();
  });
});
