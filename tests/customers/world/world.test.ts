import { beforeAll, describe, expect, test } from "vitest";
import { getCustomer } from "../../../src/customers/queries.ts";
import { listPagesOfWorld } from "../../../src/customers/world/pages.ts";
import { listWorld } from "../../../src/customers/world/queries.ts";
import { revise, write } from "../../pages/writing.ts";
import { type Cast, castIn, type Login } from "../../support/cast.ts";
import { openTestDatabase } from "../../support/db.ts";
import { customerBy, hideInSales, onCustomer, productNamed } from "../company.ts";

let cast: Cast;
const worldOf = async (login: Login, key: string) => {
  const read = await cast.read(login);
  return listWorld(read, await getCustomer(read, key));
};
const reasonsOf = async (login: Login, key: string) =>
  Object.fromEntries(
    (await worldOf(login, key)).pages.map((page) => [page.title, page.reasons.map((reason) => reason.why)]),
  );

beforeAll(async () => {
  cast = await castIn(await openTestDatabase());
  const customer = await customerBy(cast, "mei", { name: "华信仪器", key: "hx" });
  const x200 = await productNamed(cast, "X200", "X200 网关");
  const cloud = await productNamed(cast, "CLOUD", "云平台");
  const { owns, contact, said, linked } = onCustomer(cast, "mei", "hx");
  await owns(x200, 48);
  const zhang = await contact("张伟");
  await said("确认 48 台均为 B 版", { contact_id: zhang.id });
  await said("发送升级报价", { next_at: "2026-11-19" });
  await write(cast, "mei", "handbook", { title: "现场网络拓扑", customers: [customer.id] });
  const firmware = await write(cast, "mei", "handbook", { title: "X200 固件", body: "v7.4", products: [x200.id] });
  await write(cast, "mei", "handbook", { title: "云平台价格", products: [cloud.id] });
  await write(cast, "mei", "handbook", { title: "案例", body: "见 [[customer:hx]]。" });
  await write(cast, "qiang", "sales", { title: "折扣底线", customers: [customer.id], products: [x200.id] });
  await linked(firmware.id, "told", zhang);
  await linked((await write(cast, "mei", "handbook", { title: "无关" })).id, "about");
  await write(cast, "mei", "handbook", { title: "别的客户" });
});

describe("the world of a customer", () => {
  test("holds every page that is tied to it, with each reason, and nothing else", async () => {
    expect(await reasonsOf("nobody", "hx")).toEqual({
      现场网络拓扑: ["tagged"],
      "X200 固件": ["told", "owns"],
      案例: ["named"],
      无关: ["linked"],
    });
    expect(await reasonsOf("qiang", "hx")).toMatchObject({ 折扣底线: ["tagged", "owns"] });
  });

  test("gets nothing through a product that is about other customers alone, as far as the viewer sees them", async () => {
    const fresh = await castIn(await openTestDatabase());
    const x200 = await productNamed(fresh, "X200", "X200");
    const jia = await customerBy(fresh, "mei", { name: "甲", key: "jia" });
    const yi = await customerBy(fresh, "mei", { name: "乙", key: "yi" });
    const secret = await hideInSales(fresh, await customerBy(fresh, "mei", { name: "丙", key: "bing" }));
    await onCustomer(fresh, "mei", "jia").owns(x200);
    const about = (title: string, customers: string[]) =>
      write(fresh, "mei", "handbook", { title, customers, products: [x200.id] });
    await about("所有人", []);
    await about("甲和乙", [jia.id, yi.id]);
    const plan = await about("乙的网络", [yi.id]);
    const linked = await about("乙的案例", [yi.id]);
    await onCustomer(fresh, "mei", "jia").linked(linked.id, "about");
    await fresh.as("system", (tx) =>
      tx
        .insertInto("page_customers")
        .values({ page_id: plan.id, customer_id: secret.id, tagged_by: jia.created_by, tagged_at: jia.created_at })
        .execute(),
    );
    const titles = async (login: Login) =>
      (await listPagesOfWorld(await fresh.read(login), jia)).pages.map((page) => page.title).sort();
    expect(await titles("mei")).toEqual(["乙的案例", "所有人", "甲和乙"].sort());
    await fresh.as("system", (tx) => tx.deleteFrom("page_customers").where("customer_id", "=", yi.id).execute());
    expect(await titles("qiang")).not.toContain("乙的网络");
    expect(await titles("nobody")).toContain("乙的网络");
  });

  test("names who tagged, what is owned and to whom it was told", async () => {
    const { pages, told } = await worldOf("nobody", "hx");
    const reasons = pages.flatMap((page) => page.reasons);
    expect(reasons).toContainEqual({ why: "tagged", person: "mei", at: expect.any(String) });
    expect(reasons).toContainEqual({ why: "owns", code: "X200", name: "X200 网关" });
    expect(told).toMatchObject([{ title: "X200 固件", reasons: [{ contact: "张伟", person: "mei", old: false }] }]);
  });

  test("holds contacts, products, what was said and what is promised", async () => {
    const { contacts, products, said } = await worldOf("nobody", "hx");
    expect(contacts.map((one) => one.title)).toEqual(["张伟"]);
    expect(products).toMatchObject([{ code: "X200", quantity: 48 }]);
    expect(said.map((one) => [one.kind, one.title, one.contact])).toEqual([
      ["promise", "发送升级报价", null],
      ["interaction", "确认 48 台均为 B 版", "张伟"],
    ]);
  });

  test("is empty for a customer of whom nothing is known", async () => {
    await customerBy(cast, "mei", { name: "新客户", key: "new" });
    expect(await worldOf("mei", "new")).toEqual({ pages: [], told: [], said: [], contacts: [], products: [] });
  });
});

describe("what the customer was told", () => {
  test("is old once the text has changed, not when only tags have, and new again when it was told anew", async () => {
    const fresh = await castIn(await openTestDatabase());
    const customer = await customerBy(fresh, "mei", { name: "甲", key: "jia" });
    const page = await write(fresh, "mei", "handbook", { title: "保修", body: "两年" });
    const { linked } = onCustomer(fresh, "mei", "jia");
    const old = async () => {
      const { pages } = await listWorld(await fresh.read("mei"), customer);
      return pages
        .flatMap((one) => one.reasons)
        .map((reason) => reason.why === "told" && [reason.revision, reason.old]);
    };
    await linked(page.id, "told");
    await revise(fresh, "mei", page.id, { labels: ["保修"] });
    expect(await old()).toEqual([[1, false]]);
    await revise(fresh, "mei", page.id, { body: "三年" });
    expect(await old()).toEqual([[1, true]]);
    await linked(page.id, "told");
    expect(await old()).toEqual([
      [3, false],
      [1, true],
    ]);
  });
});

describe("who sees what", () => {
  test("two customers of one key: a text that names the key means the older one the viewer sees", async () => {
    const fresh = await castIn(await openTestDatabase());
    const older = await hideInSales(fresh, await customerBy(fresh, "mei", { name: "旧", key: "twin" }));
    const younger = await customerBy(fresh, "mei", { name: "新", key: "twin" });
    await write(fresh, "mei", "handbook", { title: "T", body: "[[customer:twin]]" });
    const ties = async (login: Login, customer: typeof older) =>
      (await listWorld(await fresh.read(login), customer)).pages.length;
    expect([await ties("qiang", older), await ties("qiang", younger), await ties("mei", younger)]).toEqual([1, 0, 1]);
  });

  test("a page of a space that the viewer cannot see is in no part of the world", async () => {
    expect(JSON.stringify(await worldOf("mei", "hx"))).not.toContain("折扣底线");
    expect(JSON.stringify(await worldOf("lan", "hx"))).toContain("折扣底线");
  });

  test("a product of a hidden catalogue ties nothing, and a hidden customer's world is empty", async () => {
    const customer = await getCustomer(await cast.read("mei"), "hx");
    expect(await listWorld(await cast.read("guest"), customer)).toEqual({
      pages: [],
      told: [],
      said: [],
      contacts: [],
      products: [],
    });
  });
});
