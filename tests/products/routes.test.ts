import { beforeAll, describe, expect, test } from "vitest";
import { grant } from "../../src/access/grant.ts";
import type { Product } from "../../src/db/schema.ts";
import { linkKnowledge } from "../../src/links/commands.ts";
import { targetToEdit } from "../../src/links/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { getProduct } from "../../src/products/queries.ts";
import { customerBy, hideInSales, onCustomer, productNamed } from "../customers/company.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";
import { faceOf } from "../support/face.ts";

let app: TestApp;
let x200: Product;
const get = async (login: Login, path: string) => (await app.browser(login)).get(path);
const post = async (login: Login, path: string, fields: Record<string, string>) =>
  (await app.browser(login)).post(path, fields);
const filled = { code: "X300", name: "X300 网关", status: "planned" };

beforeAll(async () => {
  app = await testApp();
  x200 = await productNamed(app, "X200", "X200 网关");
  await productNamed(app, "CLOUD", "云平台");
  const hx = await customerBy(app, "mei", { name: "华信仪器", key: "hx" });
  await hideInSales(app, await customerBy(app, "root", { name: "青松集团", key: "secret" }));
  await onCustomer(app, "mei", "hx").owns(x200, 48);
  await onCustomer(app, "lan", "secret").owns(x200, 7);
  await onCustomer(app, "mei", "hx").said("升级窗口定在周三", { product_id: x200.id });
  await onCustomer(app, "lan", "secret").said("青松要打折", { product_id: x200.id });
  await write(app, "mei", "handbook", { title: "安装步骤", products: [x200.id] });
  await write(app, "mei", "handbook", { title: "固件说明", body: "见 [[product:x200]]。" });
  const warranty = await write(app, "mei", "handbook", { title: "保修", customers: [hx.id] });
  await write(app, "qiang", "sales", { title: "折扣底线", products: [x200.id] });
  await write(app, "mei", "handbook", { title: "无关页面" });
  await app.as("root", async (tx) => {
    const target = await targetToEdit(tx.read, tx.viewer, { kind: "product", id: "X200" });
    const page = grant(await getPage(tx.read, warranty.id), "view");
    return linkKnowledge(tx, { page, target, relation: "about" });
  });
});

describe("the list of products", () => {
  test("is empty for a guest and says so; an employee sees it, the catalogue's manager may add", async () => {
    const [guest, nobody, root] = [
      await get("guest", "/products"),
      await get("nobody", "/products"),
      await get("root", "/products"),
    ];
    expect(guest.text).toContain("还没有产品。");
    expect(guest.text).not.toContain("X200");
    expect(nobody.text).toContain('<a href="/products/X200">X200 网关</a>');
    expect(nobody.text).not.toContain("/products/new");
    expect(root.text).toContain("/products/new");
  });

  test("is searched by code, name and status, and says when nothing fits", async () => {
    expect((await get("nobody", "/products?q=云")).text).toContain("CLOUD");
    expect((await get("nobody", "/products?q=云")).text).not.toContain("X200");
    expect((await get("nobody", "/products?q=x2&status=active")).text).toContain("X200 网关");
    const none = await get("nobody", "/products?status=retired");
    expect(none.text).toContain("没有符合条件的产品。");
    expect((await get("nobody", "/products?status=nonsense")).status).toBe(422);
  });

  test("goes on where it ended", async () => {
    const fresh = await testApp();
    for (let i = 0; i < 51; i++) await productNamed(fresh, `P${String(i).padStart(2, "0")}`, "阀门");
    const nobody = await fresh.browser("nobody");
    const first = await nobody.get("/products?q=阀门");
    const next =
      /rel="next" href="([^"]+)"/.exec(first.text)?.[1]?.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=") ?? "";
    const second = await nobody.get(next);
    expect([first.text.includes("P50"), first.text.includes("P49")]).toEqual([false, true]);
    expect([second.text.includes("P50"), second.text.includes("P49")]).toEqual([true, false]);
    expect(second.text).toContain("回到开头");
    expect(second.text).not.toContain('rel="next"');
  });
});

describe("the page of a product", () => {
  test("does not exist for a guest: the same bytes as for a code that never was", async () => {
    const guest = await app.browser("guest");
    for (const path of ["", "/edit"]) {
      const hidden = await guest.get(`/products/X200${path}`);
      expect(hidden.status).toBe(404);
      expect(faceOf(hidden, "X200")).toEqual(faceOf(await guest.get(`/products/X999${path}`), "X999"));
    }
    expect((await get("nobody", "/products/X200")).status).toBe(200);
  });

  test("gathers what is known: tagged, linked and naming pages, each with its reason", async () => {
    const { text } = await get("nobody", "/products/X200");
    expect(text).toMatch(/安装步骤[\s\S]*?由 mei 关联/);
    expect(text).toMatch(/固件说明[\s\S]*?正文中提到/);
    expect(text).toMatch(/保修[\s\S]*?由 Root 关联/);
    expect(text).not.toContain("无关页面");
  });

  test("shows pages of a space to those who see the space, and counts no others", async () => {
    const [nobody, qiang] = [await get("nobody", "/products/X200"), await get("qiang", "/products/X200")];
    const count = (text: string) => /id="knowledge-title".*?class="badge">(\d+)/.exec(text)?.[1];
    expect([nobody.text.includes("折扣底线"), count(nobody.text)]).toEqual([false, "3"]);
    expect([qiang.text.includes("折扣底线"), count(qiang.text)]).toEqual([true, "4"]);
  });

  test("shows owners and what was said, those of a confidential customer to sales alone", async () => {
    const [nobody, qiang] = [await get("nobody", "/products/X200"), await get("qiang", "/products/X200")];
    expect(nobody.text).toContain("华信仪器");
    expect(nobody.text).toContain("× 48");
    expect(nobody.text).toContain("共 48");
    expect(nobody.text).toContain("升级窗口定在周三");
    expect(nobody.text).not.toContain("青松");
    expect(qiang.text).toContain("青松集团");
    expect(qiang.text).toContain("共 55");
    expect(qiang.text).toContain("青松要打折");
  });

  test("is found under any spelling of its code and by its id, and speaks English too", async () => {
    for (const name of ["x200", "Ｘ200", x200.id])
      expect((await get("nobody", `/products/${encodeURIComponent(name)}`)).text).toContain("安装步骤");
    const mei = await app.browser("mei");
    await mei.post("/preferences", { locale: "en" });
    const { text } = await mei.get("/products/X200");
    for (const words of ["Tagged by mei", "Names the product", "48 in all", "Active"]) expect(text).toContain(words);
    await mei.post("/preferences", { locale: "zh-CN" });
  });

  test("shows the newest of many, and all of them when asked", async () => {
    const many = await productNamed(app, "MANY", "常用件");
    for (let i = 10; i < 24; i++) await write(app, "mei", "handbook", { title: `第 ${i} 页`, products: [many.id] });
    const { text } = await get("nobody", "/products/MANY");
    expect([text.includes("第 23 页"), text.includes("第 11 页")]).toEqual([true, false]);
    expect(text).toContain("/products/MANY?all&#x3D;knowledge#knowledge");
    expect((await get("nobody", "/products/MANY?all=knowledge")).text).toContain("第 10 页");
  });
});

describe("adding and changing a product", () => {
  test("is for those who may edit the catalogue; others see that they may not", async () => {
    for (const path of ["/products/new", "/products/X200/edit"]) {
      expect((await get("nobody", path)).status).toBe(403);
      expect((await post("nobody", path, filled)).status).toBe(403);
      expect((await get("nobody", "/products/X200")).text).not.toContain("/products/X200/edit");
      expect((await get("root", path)).status).toBe(200);
    }
    expect((await get("root", "/products/X200")).text).toContain("/products/X200/edit");
  });

  test("keeps every field and ends on the page of the product", async () => {
    const made = await post("root", "/products/new", {
      ...filled,
      category: "网关",
      versions: "A 版\nB 版",
      aliases: "三百，大网关",
      price: "¥12,800",
      description: "四路隔离。\n断网缓存。",
    });
    expect([made.status, made.headers.location]).toEqual([303, "/products/X300"]);
    const row = await getProduct(await app.read("nobody"), "X300");
    expect(row).toMatchObject({
      category: "网关",
      status: "planned",
      price: "¥12,800",
      description: "四路隔离。\n断网缓存。",
    });
    expect([JSON.parse(row.versions), JSON.parse(row.aliases)]).toEqual([
      ["A 版", "B 版"],
      ["三百", "大网关"],
    ]);
    const form = await get("root", "/products/X300/edit");
    for (const value of ["A 版\nB 版</textarea>", 'value="¥12,800"', 'value="planned" selected'])
      expect(form.text).toContain(value);
  });

  test("changes what was typed; an empty field takes away", async () => {
    await post("root", "/products/new", { code: "Z1", name: "旧名", price: "¥1" });
    const saved = await post("root", "/products/Z1/edit", { code: "Z2", name: "新名", price: "", status: "retired" });
    expect(saved.headers.location).toBe("/products/Z2");
    expect(await getProduct(await app.read("nobody"), "Z2")).toMatchObject({ name: "新名", price: null });
  });

  test("sent twice adds one", async () => {
    const root = await app.browser("root");
    const key = /name="idempotency_key" value="([^"]+)"/.exec((await root.get("/products/new")).text)?.[1] ?? "";
    const twice = { ...filled, code: "ONCE", idempotency_key: key };
    const [first, second] = [await root.post("/products/new", twice), await root.post("/products/new", twice)];
    expect([first.status, second.status, second.headers.location]).toEqual([303, 303, "/products/ONCE"]);
  });

  test("says what is wrong in the reader's language and keeps what was typed", async () => {
    const refused = await post("root", "/products/new", { code: "x200", name: " ", description: "写了很久的说明" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("请填写这一项。");
    expect(refused.text).toContain("写了很久的说明</textarea>");
    const taken = await post("root", "/products/new", { ...filled, code: "ｘ200" });
    expect([taken.status, taken.text.includes("这个产品代码已在使用")]).toEqual([422, true]);
    const root = await app.browser("root");
    await root.post("/preferences", { locale: "en" });
    expect((await root.post("/products/new", { code: "--", name: "x" })).text).toContain(
      "at least one letter or digit",
    );
    expect((await root.post("/products/X200/edit", { ...filled, status: "lost" })).status).toBe(422);
    await root.post("/preferences", { locale: "zh-CN" });
  });
});
