import { beforeAll, describe, expect, test } from "vitest";
import { listOwnedProducts } from "../../../src/customers/owned/queries.ts";
import { getCustomer } from "../../../src/customers/queries.ts";
import type { OwnedProduct } from "../../../src/db/schema.ts";
import { type TestApp, testApp } from "../../support/app.ts";
import type { Login } from "../../support/cast.ts";
import { faceOf } from "../../support/face.ts";
import { customerBy, hideInSales, onCustomer, productNamed } from "../company.ts";
import { letOthersOnlyRead } from "../read-only.ts";

let app: TestApp;
let hidden: OwnedProduct;
let readOnly: OwnedProduct;
const get = async (login: Login, path: string) => (await app.browser(login)).get(path);
const post = async (login: Login, path: string, fields: Record<string, string> = {}) =>
  (await app.browser(login)).post(path, fields);
const ownedBy = async (key: string) => {
  const read = await app.read("lan");
  return listOwnedProducts(read, await getCustomer(read, key));
};

beforeAll(async () => {
  app = await testApp();
  await customerBy(app, "mei", { name: "华信仪器", key: "hx" });
  await customerBy(app, "mei", { name: "云上科技", key: "yun" });
  await hideInSales(app, await customerBy(app, "root", { name: "青松集团", key: "secret" }));
  await letOthersOnlyRead(app, await customerBy(app, "root", { name: "东海物流", key: "donghai" }));
  const x200 = await productNamed(app, "X200", "X200 网关");
  await productNamed(app, "X200-PRO", "X200 网关 专业版");
  await productNamed(app, "CLOUD", "云平台");
  hidden = await onCustomer(app, "lan", "secret").owns(x200, 7);
  readOnly = await onCustomer(app, "lan", "donghai").owns(x200, 3);
});

describe("what a confidential customer owns", () => {
  test("does not exist for others: reading and writing answer as for a customer that never was", async () => {
    const mei = await app.browser("mei");
    for (const path of ["", "/new", `/${hidden.id}/edit`, `/${hidden.id}/removal`]) {
      const there = await mei.get(`/c/secret/owned${path}`);
      expect(there.status).toBe(404);
      expect(faceOf(there, "secret")).toEqual(faceOf(await mei.get(`/c/nobody/owned${path}`), "nobody"));
    }
    for (const path of ["/new", `/${hidden.id}/edit`, `/${hidden.id}/removal`])
      for (const fields of [{ product: "X200" }, {}]) {
        const sent = path.endsWith("removal") ? {} : fields;
        const there = await mei.post(`/c/secret/owned${path}`, sent);
        expect(there.status).toBe(404);
        expect(faceOf(there, "secret")).toEqual(faceOf(await mei.post(`/c/nobody/owned${path}`, sent), "nobody"));
      }
    expect((await get("qiang", "/c/secret/owned")).text).toContain("× 7");
  });

  test("cannot be reached through another customer", async () => {
    for (const login of ["mei", "qiang"] as const)
      expect((await get(login, `/c/hx/owned/${hidden.id}/edit`)).status).toBe(404);
    expect((await post("qiang", `/c/hx/owned/${hidden.id}/removal`)).status).toBe(404);
    expect(await ownedBy("secret")).toHaveLength(1);
  });
});

describe("who only reads a customer", () => {
  test("sees what it owns and may not change it", async () => {
    const seen = await get("nobody", "/c/donghai/owned");
    expect(seen.text).toContain("× 3");
    expect(seen.text).not.toContain("/c/donghai/owned/");
    for (const path of ["/new", `/${readOnly.id}/edit`, `/${readOnly.id}/removal`]) {
      expect((await get("nobody", `/c/donghai/owned${path}`)).status).toBe(403);
      const fields = path.endsWith("removal") ? {} : { product: "X200" };
      expect((await post("nobody", `/c/donghai/owned${path}`, fields)).status).toBe(403);
      expect((await get("qiang", `/c/donghai/owned${path}`)).status).toBe(200);
    }
    expect(await ownedBy("donghai")).toMatchObject([{ quantity: 3 }]);
  });
});

describe("saying what a customer owns", () => {
  test("starts from an empty list that says what to do, and ends on the customer's page", async () => {
    expect((await get("nobody", "/c/yun/owned")).text).toContain("还没有已购产品。");
    const form = { quantity: "1,200 台", version: "B 版", serial: "X2B-1", since: "2026/1/5", until: "2027-12-31" };
    const made = await post("nobody", "/c/yun/owned/new", { product: "x200", ...form, note: "三个车间" });
    expect([made.status, made.headers.location]).toEqual([303, "/c/yun"]);
    const [owned] = await ownedBy("yun");
    expect(owned).toMatchObject({ code: "X200", ...form, quantity: 1200, since: "2026-01-05", note: "三个车间" });
    const edit = await get("nobody", `/c/yun/owned/${owned?.id}/edit`);
    for (const value of ['value="X200"', 'value="1200"', 'value="2026-01-05"', "三个车间</textarea>"])
      expect(edit.text).toContain(value);
    await post("nobody", `/c/yun/owned/${owned?.id}/edit`, { product: "X200", quantity: "5", serial: "" });
    expect(await ownedBy("yun")).toMatchObject([{ quantity: 5, serial: null, version: "B 版", id: owned?.id }]);
  });

  test("takes a product by any name that means one, and asks when it means several", async () => {
    const add = (product: string) => post("mei", "/c/hx/owned/new", { product, quantity: "" });
    expect((await add("云")).status).toBe(303);
    expect((await add("X200 网关")).status).toBe(303);
    const several = await add("网关");
    expect([several.status, several.text.includes("有几个产品符合")]).toEqual([422, true]);
    expect(several.text).toContain('value="网关"');
    expect((await add("洗衣机")).text).toContain("没有找到这个产品。");
    expect((await ownedBy("hx")).map((one) => [one.code, one.quantity])).toEqual([
      ["CLOUD", 1],
      ["X200", 1],
    ]);
  });

  test("says what is wrong in both languages and keeps what was typed", async () => {
    const wrong = { product: "X200", quantity: "很多", since: "去年", until: "2020-01-01", note: "写了很久" };
    const refused = await post("mei", "/c/hx/owned/new", wrong);
    expect(refused.status).toBe(422);
    for (const part of ["请填写数量", "请写成 2026-11-19", 'value="很多"', "写了很久</textarea>"])
      expect(refused.text).toContain(part);
    const mei = await app.browser("mei");
    await mei.post("/preferences", { locale: "en" });
    const english = await mei.post("/c/hx/owned/new", { product: "X200", since: "2026-01-02", until: "2026-01-01" });
    expect([english.status, english.text.includes("before the day it began")]).toEqual([422, true]);
    await mei.post("/preferences", { locale: "zh-CN" });
  });

  test("sent twice adds one; removing asks first", async () => {
    await customerBy(app, "mei", { name: "一次", key: "once" });
    const mei = await app.browser("mei");
    const key = /name="idempotency_key" value="([^"]+)"/.exec((await mei.get("/c/once/owned/new")).text)?.[1] ?? "";
    for (let i = 0; i < 2; i++) await mei.post("/c/once/owned/new", { product: "CLOUD", idempotency_key: key });
    const [owned, ...more] = await ownedBy("once");
    expect(more).toEqual([]);
    const asked = await mei.get(`/c/once/owned/${owned?.id}/removal`);
    expect(asked.text).toContain("一次 不再拥有 云平台？");
    expect(await ownedBy("once")).toHaveLength(1);
    const done = await mei.post(`/c/once/owned/${owned?.id}/removal`);
    expect([done.status, done.headers.location]).toEqual([303, "/c/once"]);
    expect(await ownedBy("once")).toEqual([]);
  });
});
