import { beforeAll, describe, expect, test } from "vitest";
import { type TestApp, testApp } from "../support/app.ts";
import { busyCustomer } from "./busy.ts";
import { customerBy, hideInSales, onCustomer } from "./company.ts";

let app: TestApp;
const htmlOf = async (login: Parameters<TestApp["browser"]>[0], path: string): Promise<string> =>
  (await (await app.browser(login)).get(path)).text.replaceAll("&#x3D;", "=");

beforeAll(async () => {
  app = await testApp();
  await busyCustomer(app);
});

describe("the page of a customer", () => {
  test("says who they are, what is overdue, what they own and whom to ask for", async () => {
    const html = await htmlOf("nobody", "/c/hx");
    for (const words of [
      "华信仪器股份有限公司",
      "A 级",
      "承诺逾期 2 天：发送 X200 批量升级报价",
      "X200 网关 B 版 × 48",
      "设备部经理 · 关键决策人",
    ])
      expect(html).toContain(words);
    expect(html).toContain('href="tel:02155551234"');
    expect(html).toContain('href="https://crm.example/0015g000"');
  });

  test("shows knowledge with its reasons and the old answer with what changed since", async () => {
    const html = await htmlOf("nobody", "/c/hx");
    for (const words of [
      "由 mei 关联",
      "拥有 X200 网关",
      "正文中提到",
      "客户持有第 1 次修订的旧答案",
      "此后该页已修订 1 次",
    ])
      expect(html).toContain(words);
    expect(html).toMatch(/\/pages\/[\w-]+\/compare\?from=1&amp;to=2/);
    const [, knowledge = ""] = html.split('id="knowledge"');
    const order = ["X200 固件 v7 兼容性", "现场网络拓扑", "升级案例", "保修与退换"].map((title) =>
      knowledge.indexOf(title),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  test("offers to write only to those who may", async () => {
    expect(await htmlOf("mei", "/c/hx")).toContain('href="/c/hx/interactions/new"');
    const guest = await (await app.browser("guest")).get("/c/hx");
    expect(guest.status).toBe(404);
  });

  test("records in one line what was just said", async () => {
    const mei = await app.browser("mei");
    const page = (await mei.get("/c/hx")).text;
    expect(page).toMatch(/<option value="wechat" selected>/);
    const [, action = ""] = /<form class="log" method="post" action="([^"]+)"/.exec(page) ?? [];
    const said = await mei.post(action, {
      words: "证书已发",
      channel: "wechat",
      direction: "out",
      contact: "",
      next_at: "",
    });
    expect(said.headers.location).toBe("/c/hx");
    expect((await mei.get("/c/hx")).text).toContain("证书已发");
  });

  test("lists the viewer's own customers and what waits for them", async () => {
    const mei = await htmlOf("mei", "/c/hx");
    expect(mei).toContain("Kan-code");
    expect(mei).toContain("1 个承诺已逾期");
    expect(mei).toContain("1 个旧答案待更正");
    expect(await htmlOf("nobody", "/c/hx")).not.toContain("Kan-code");
  });

  test("never shows a page of a space that the viewer cannot see, not even in a count", async () => {
    const count = (html: string) => /knowledge-title">[^<]*<\/h2><span class="badge">(\d+)/.exec(html)?.[1];
    const [mei, qiang] = [await htmlOf("mei", "/c/hx"), await htmlOf("qiang", "/c/hx")];
    expect([mei.includes("折扣底线"), count(mei)]).toEqual([false, "5"]);
    expect([qiang.includes("折扣底线"), count(qiang)]).toEqual([true, "6"]);
  });
});

describe("its search without script", () => {
  test("finds knowledge and records by words of either script, marked, with what may be told", async () => {
    const html = await htmlOf("mei", `/c/hx?q=${encodeURIComponent("升級 固件")}`);
    expect(html).toContain("<mark>固件</mark>");
    expect(html).toContain("复制可告知部分");
    expect(html).toContain("可以直接升级到 v7.5");
    expect(html).toMatch(/href="\/c\/hx\/told\/new\?page=[\w-]+"/);
  });

  test("says so when nothing is found, and finds nothing hidden", async () => {
    expect(await htmlOf("mei", `/c/hx?q=${encodeURIComponent("折扣")}`)).toContain("这位客户的资料里没有“折扣”");
    expect(await htmlOf("qiang", `/c/hx?q=${encodeURIComponent("折扣")}`)).toContain("<mark>折扣</mark>");
  });

  test("what people wrote is never markup", async () => {
    const { said } = onCustomer(app, "mei", "kan");
    await said('<script>alert("x")</script> <img src=x onerror=alert(1)>');
    const html = await htmlOf("mei", "/c/kan?q=script");
    expect(html).toContain("&lt;<mark>script</mark>&gt;");
    expect(html).not.toContain("<img src=x");
  });
});

describe("a confidential customer", () => {
  test("is answered byte for byte like one that never was: page, search and index", async () => {
    await hideInSales(app, await customerBy(app, "mei", { name: "影子科技", key: "shadow" }));
    const nobody = await app.browser("nobody");
    const bare = (text: string) => text.replace(/nonce="[^"]*"|shadow|phantom/g, "");
    for (const path of ["", "?q=x", "/index.json"]) {
      const [hidden, missing] = [await nobody.get(`/c/shadow${path}`), await nobody.get(`/c/phantom${path}`)];
      expect([hidden.status, missing.status]).toEqual([404, 404]);
      expect(bare(hidden.text)).toBe(bare(missing.text));
    }
    expect((await (await app.browser("qiang")).get("/c/shadow")).text).toContain("保密");
  });

  test("its index is sent to those who may see it, and not kept by browsers", async () => {
    const answer = await (await app.browser("qiang")).get("/c/hx/index.json");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers["content-encoding"]).toBe("gzip");
    expect(answer.body.documents.length).toBeGreaterThan(10);
  });
});
