import { beforeEach, describe, expect, test } from "vitest";
import { getCustomer } from "../../src/customers/queries.ts";
import { listLinks } from "../../src/links/queries.ts";
import { getPage, listTags } from "../../src/pages/queries.ts";
import { customerBy, hideInSales, onCustomer } from "../customers/company.ts";
import { revise, write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
  const { id: owner_id } = await app.viewer("mei");
  await customerBy(app, "mei", { name: "华信仪器", key: "hx", owner_id });
});
const html = (text: string): string => text.replaceAll("&#x3D;", "=").replaceAll("&amp;", "&");
const linksOf = async (login: "mei" | "nobody", key = "hx") => {
  const read = await app.read(login);
  return listLinks(read, { customer: await getCustomer(read, key) });
};

describe("linking a page from the customer's side", () => {
  test("who may edit the page tags it with a new revision", async () => {
    const page = await write(app, "mei", "handbook", { title: "拓扑" });
    const mei = await app.browser("mei");
    expect(html((await mei.get("/c/hx/links/new?q=%E6%8B%93%E6%89%91")).text)).toContain(`value="${page.id}"`);
    expect((await mei.post("/c/hx/links", { page: page.id })).headers.location).toBe("/c/hx#knowledge");
    const read = await app.read("nobody");
    expect((await getPage(read, page.id)).revision).toBe(2);
    expect((await listTags(read, page)).customers.map((one) => one.key)).toEqual(["hx"]);
    expect(await linksOf("nobody")).toEqual([]);
  });

  test("who may only read the page links to it, and may do so twice without a second link", async () => {
    const page = await write(app, "mei", "handbook", { title: "拓扑" });
    const nobody = await app.browser("nobody");
    for (let i = 0; i < 2; i++) expect((await nobody.post("/c/hx/links", { page: page.id })).status).toBe(303);
    expect(await linksOf("nobody")).toMatchObject([{ relation: "about", page_id: page.id, revision: 1 }]);
    expect((await getPage(await app.read("nobody"), page.id)).revision).toBe(1);
  });

  test("a page or customer that the viewer cannot see is missing, in the choice and when sent by hand", async () => {
    const hidden = await write(app, "qiang", "sales", { title: "折扣底线" });
    const nobody = await app.browser("nobody");
    expect((await nobody.get("/c/hx/links/new?q=%E6%8A%98%E6%89%A3")).text).not.toContain("折扣底线");
    expect((await nobody.post("/c/hx/links", { page: hidden.id })).status).toBe(404);
    await hideInSales(app, await customerBy(app, "mei", { name: "影子", key: "shadow" }));
    const open = await write(app, "mei", "handbook", { title: "公开" });
    expect((await nobody.post("/c/shadow/links", { page: open.id })).status).toBe(404);
    expect((await (await app.browser("qiang")).post("/c/shadow/links", { page: open.id })).status).toBe(303);
  });

  test("taking a link away asks first, and only of the customer it belongs to", async () => {
    const page = await write(app, "mei", "handbook", { title: "拓扑" });
    const link = await onCustomer(app, "mei", "hx").linked(page.id, "about");
    await customerBy(app, "mei", { name: "乙", key: "yi" });
    const mei = await app.browser("mei");
    expect((await mei.get(`/c/hx/links/${link.id}/removal`)).text).toContain("取消与“拓扑”的关联吗");
    expect((await mei.post(`/c/yi/links/${link.id}/removal`)).status).toBe(404);
    expect((await mei.post(`/c/hx/links/${link.id}/removal`)).status).toBe(303);
    expect(await linksOf("mei")).toEqual([]);
  });
});

describe("telling the customer", () => {
  const body = "内部底价 80\n\n:::say\n可以升级到 v7.5。\n:::\n";

  test("shows what may be told and nothing else, and records revision and contact", async () => {
    const page = await write(app, "mei", "handbook", { title: "固件", body });
    const contact = await onCustomer(app, "mei", "hx").contact("张伟");
    const mei = await app.browser("mei");
    const form = (await mei.get(`/c/hx/told/new?page=${page.id}`)).text;
    expect(form).toContain("可以升级到 v7.5。");
    expect(form).not.toContain("内部底价");
    const told = await mei.post("/c/hx/told", { page: page.id, revision: "1", relation: "sent", contact: contact.id });
    expect(told.headers.location).toBe("/c/hx");
    expect(await linksOf("mei")).toMatchObject([{ relation: "sent", revision: 1, target_kind: "contact" }]);
    expect((await mei.get("/c/hx")).text).toContain("mei 已发送给 张伟");
  });

  test("refuses a revision that never was and a contact of another customer", async () => {
    const page = await write(app, "mei", "handbook", { title: "固件", body });
    await customerBy(app, "mei", { name: "乙", key: "yi" });
    const stranger = await onCustomer(app, "mei", "yi").contact("李四");
    const mei = await app.browser("mei");
    const tell = (fields: Record<string, string>) =>
      mei.post("/c/hx/told", { page: page.id, revision: "1", relation: "told", contact: "", ...fields });
    expect((await tell({ revision: "9" })).status).toBe(422);
    expect((await tell({ contact: stranger.id })).status).toBe(422);
    expect((await tell({ contact: "nothing" })).status).toBe(404);
    expect(await linksOf("mei")).toEqual([]);
  });

  test("the owner gets the list of old answers once the page has changed, and nobody else does", async () => {
    const page = await write(app, "mei", "handbook", { title: "固件", body });
    await onCustomer(app, "mei", "hx").linked(page.id, "told");
    const [mei, nobody] = [await app.browser("mei"), await app.browser("nobody")];
    expect((await mei.get("/told")).text).toContain("没有客户手里有旧答案");
    await revise(app, "mei", page.id, { body: "全变了" });
    const list = html((await mei.get("/told")).text);
    expect(list).toContain("客户持有第 1 次修订的旧答案");
    expect(list).toContain(`/pages/${page.id}/compare?from=1&to=2`);
    expect((await nobody.get("/told")).text).toContain("没有客户手里有旧答案");
    await onCustomer(app, "mei", "hx").linked(page.id, "told");
    expect((await mei.get("/told")).text).toContain("没有客户手里有旧答案");
  });

  test("who looks after the page gets it too, and every reader of the page sees who holds what", async () => {
    const page = await write(app, "mei", "handbook", { title: "固件", body });
    const { id: owner_id } = await app.viewer("qiang");
    await customerBy(app, "mei", { name: "东海物流", key: "dhwl", owner_id });
    const secret = await customerBy(app, "mei", { name: "影子公司", key: "shadow" });
    for (const key of ["hx", "dhwl", "shadow"]) await onCustomer(app, "mei", key).linked(page.id, "told");
    await hideInSales(app, secret);
    await revise(app, "mei", page.id, { body: "全变了" });
    await onCustomer(app, "mei", "hx").linked(page.id, "told");
    const asMei = await app.browser("mei");
    expect((await asMei.get("/told")).text).toMatch(/东海物流/);
    const shown = html((await (await app.browser("nobody")).get(`/p/${page.id}/x`)).text);
    expect(shown).toContain(`href="/pages/${page.id}/told"`);
    const list = html((await (await app.browser("nobody")).get(`/pages/${page.id}/told`)).text).replace(/\s+/g, " ");
    expect(list).toMatch(/东海物流.*第 1 次修订的旧答案.*compare\?from=1&to=2.*华信仪器.*现在的答案/);
    expect(list).not.toContain("影子公司");
    expect((await (await app.browser("qiang")).get(`/pages/${page.id}/told`)).text).toContain("影子公司");
  });
});
