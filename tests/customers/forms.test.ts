import { beforeEach, describe, expect, test } from "vitest";
import { findCustomer, getCustomer, listExternalIds } from "../../src/customers/queries.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { customerBy, hideInSales, onCustomer } from "./company.ts";

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});
const made = async (key: string) => getCustomer(await app.read("nobody"), key);

describe("the list of customers", () => {
  test("is found by initials and the last digits of a phone, filtered, and says what is overdue", async () => {
    const { id: owner_id } = await app.viewer("mei");
    await customerBy(app, "mei", { name: "华信仪器", key: "hx", tier: "A", region: "上海", owner_id });
    await customerBy(app, "mei", { name: "东海物流", key: "dh", tier: "B", phone: "021-5555 1234" });
    await onCustomer(app, "mei", "hx").said("发送报价", { next_at: "2026-10-31" });
    const nobody = await app.browser("nobody");
    const names = async (query: string) =>
      [...(await nobody.get(`/customers?${query}`)).text.matchAll(/row-title">.*?<a href="\/c\/(\w+)"/gs)].map(
        (m) => m[1],
      );
    expect(await names("")).toEqual(["dh", "hx"]);
    expect(await names("q=hxyq")).toEqual(["hx"]);
    expect(await names("q=1234")).toEqual(["dh"]);
    expect(await names("tier=A")).toEqual(["hx"]);
    expect(await names("owner=mei")).toEqual(["hx"]);
    expect(await names("owner=root")).toEqual([]);
    expect(await names("region=%E4%B8%8A%E6%B5%B7&q=&tier=&owner=")).toEqual(["hx"]);
    expect((await nobody.get("/customers")).text).toContain("逾期 2 天");
  });

  test("goes on where a part ends", async () => {
    for (let i = 0; i < 52; i++) await customerBy(app, "mei", { name: `客户 ${i}`, key: `k${i}` });
    const nobody = await app.browser("nobody");
    const first = (await nobody.get("/customers")).text.replaceAll("&#x3D;", "=");
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1] ?? "";
    expect((await nobody.get(next)).text.match(/href="\/c\//g)).toHaveLength(2);
  });

  test("leaves out confidential customers, in filters and counts too", async () => {
    await hideInSales(app, await customerBy(app, "mei", { name: "影子", key: "shadow", tier: "S", region: "月球" }));
    const [nobody, qiang] = [await app.browser("nobody"), await app.browser("qiang")];
    expect((await nobody.get("/customers")).text).toMatch(/还没有客户/);
    expect((await nobody.get("/customers")).text).not.toMatch(/影子|月球|S 级/);
    expect((await qiang.get("/customers")).text).toMatch(/影子/);
    expect((await (await app.browser("guest")).get("/customers/new")).status).toBe(403);
  });
});

describe("writing down a customer", () => {
  test("keeps everything that was typed, names people by login or name and makes a key", async () => {
    await customerBy(app, "mei", { name: "华信集团有限公司", key: "group" });
    const answer = await (await app.browser("mei")).post("/customers/new", {
      name: "华信仪器股份有限公司",
      short_name: "华信",
      key: "",
      tier: "A",
      owner: "lan",
      parent: "华信集团",
      website: "www.huaxin.example",
      credit_code: "91310000ma1k3abc2x",
      aliases: "HX Instruments\n华信仪器",
      employees: "480",
      revenue: "",
      external_ids: "Salesforce 0015g000 https://crm.example/0015g000\n悟空 10482",
    });
    expect(answer.headers.location).toBe("/c/hx");
    const customer = await made("hx");
    expect(customer).toMatchObject({
      owner_id: (await app.viewer("lan")).id,
      website: "https://www.huaxin.example",
      domain: "huaxin.example",
      credit_code: "91310000MA1K3ABC2X",
      facts: '{"employees":"480"}',
      parent_id: (await made("group")).id,
    });
    expect(await listExternalIds(await app.read("nobody"), customer)).toMatchObject([
      { system: "Salesforce", external_id: "0015g000", url: "https://crm.example/0015g000" },
      { system: "悟空", external_id: "10482", url: null },
    ]);
  });

  test("a form with mistakes comes back with all that was typed, and says how to mend them", async () => {
    const answer = await (await app.browser("mei")).post("/customers/new", {
      name: " ",
      short_name: "华信",
      owner: "nobody-knows",
      website: "javascript:alert(1)",
      note: "第一行\n第二行",
    });
    expect(answer.status).toBe(422);
    for (const words of ["请填写这一项", "请填写网址", 'value="华信"', "第一行\n第二行"])
      expect(answer.text).toContain(words);
    const owner = await (await app.browser("mei")).post("/customers/new", { name: "甲", owner: "nobody-knows" });
    expect(owner.text).toContain("没有这个登录名");
  });

  test("asks before a second customer of one name, and never speaks of one that is hidden", async () => {
    await customerBy(app, "mei", { name: "华信仪器有限公司", key: "hx" });
    const mei = await app.browser("mei");
    const asked = await mei.post("/customers/new", { name: "华信仪器股份有限公司" });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain("这是另一家同名的公司");
    expect((await mei.post("/customers/new", { name: "华信仪器股份有限公司", another: "on" })).status).toBe(303);
    await hideInSales(app, await customerBy(app, "mei", { name: "影子", key: "shadow" }));
    expect((await mei.post("/customers/new", { name: "影子", key: "shadow" })).status).toBe(303);
  });

  test("a form sent twice makes one customer", async () => {
    const mei = await app.browser("mei");
    const send = () => mei.post("/customers/new", { name: "甲", idempotency_key: "once-only-key" });
    expect([(await send()).status, (await send()).status]).toEqual([303, 303]);
    const { count } = await app.db
      .selectFrom("customers")
      .select((eb) => eb.fn.countAll().as("count"))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1);
  });
});

describe("changing a customer", () => {
  test("what the form does not show stays: facts of imports, kinds of ids", async () => {
    await customerBy(app, "mei", {
      name: "甲",
      key: "jia",
      facts: { city: "上海", employees: "12" },
      external_ids: [{ system: "HubSpot", object_type: "Company", external_id: "77" }],
    });
    const mei = await app.browser("mei");
    const form = (await mei.get("/c/jia/edit")).text;
    expect(form).toContain("HubSpot 77");
    const saved = await mei.post("/c/jia/edit", { name: "甲方", employees: "", external_ids: "HubSpot 77" });
    expect(saved.headers.location).toBe("/c/jia");
    expect(await made("jia")).toMatchObject({ name: "甲方", facts: '{"city":"上海"}' });
    expect(await listExternalIds(await app.read("mei"), await made("jia"))).toMatchObject([{ object_type: "Company" }]);
  });

  test("a customer that cannot be seen is missing to read and to write; one that can only be read refuses", async () => {
    const shadow = await hideInSales(app, await customerBy(app, "mei", { name: "影子", key: "shadow" }));
    const nobody = await app.browser("nobody");
    expect((await nobody.get("/c/shadow/edit")).status).toBe(404);
    expect((await nobody.post("/c/shadow/edit", { name: "x" })).status).toBe(404);
    expect((await nobody.post(`/c/${shadow.id}/edit`, { name: "" })).status).toBe(404);
    expect((await (await app.browser("qiang")).post("/c/shadow/edit", { name: "影子二" })).status).toBe(303);
    expect(await findCustomer(await app.read("nobody"), "shadow")).toBeUndefined();
  });
});

test("a parent that cannot be seen stays, whatever the form of somebody else says", async () => {
  const secret = await hideInSales(app, await customerBy(app, "root", { name: "青松集团", key: "secret" }));
  await customerBy(app, "qiang", { name: "青松上海", key: "child", parent_id: secret.id });
  const save = async (login: "mei" | "qiang") =>
    (await app.browser(login)).post("/c/child/edit", { name: "青松上海", key: "child", parent: "" });
  expect((await (await app.browser("mei")).get("/c/child/edit")).text).not.toContain("secret");
  expect((await save("mei")).status).toBe(303);
  expect((await made("child")).parent_id).toBe(secret.id);
  expect((await save("qiang")).status).toBe(303);
  expect((await made("child")).parent_id).toBeNull();
});
