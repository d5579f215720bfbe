import { beforeAll, describe, expect, test } from "vitest";
import { parseQuery } from "../../src/analyzer/query.ts";
import { understandCustomer } from "../../src/search/understand.ts";
import { customerBy, hideInSales, onCustomer, productNamed } from "../customers/company.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
  const hx = {
    name: "华信仪器股份有限公司",
    short_name: "华信",
    aliases: ["Huaxin Instruments", "华信仪器"],
    key: "hx",
  };
  const customer = await customerBy(app, "mei", hx);
  await customerBy(app, "mei", { name: "东海物流", key: "dhwl" });
  await customerBy(app, "mei", { name: "东海冷链", key: "dhll", aliases: ["东海"] });
  await customerBy(app, "mei", { name: "东海", key: "dh" });
  await hideInSales(app, await customerBy(app, "mei", { name: "影子", key: "shadow", aliases: ["华信"] }));
  const x200 = await productNamed(app, "X200", "X200 网关");
  await onCustomer(app, "mei", "hx").owns(x200);
  const body = "内部。\n\n:::say\n可以直接升级到 v7.5。\n:::\n";
  await write(app, "mei", "handbook", { title: "X200 固件", body, products: [x200.id] });
  await write(app, "mei", "handbook", { title: "东海的固件", body: "x200 固件 固件 固件", customers: [] });
  await write(app, "qiang", "sales", { title: "折扣固件", customers: [customer.id] });
});

const meant = async (login: Login, text: string) =>
  await understandCustomer(await app.read(login), parseQuery(text), text).then(
    (one) => one && [one.customer.key, one.rest],
  );

describe("a customer in the words of a query", () => {
  test("is understood by key, names, pinyin and initials beside other words", async () => {
    for (const word of ["hx", "HX", "华信", "華信", "hxyq", "huaxin", "华信仪器"])
      expect(await meant("mei", `${word} x200 固件`), word).toEqual(["hx", "x200 固件"]);
    expect(await meant("mei", "固件 dhwl")).toEqual(["dhwl", "固件"]);
  });

  test("is not made up: not from the word alone, one that several bear, one hidden, or when a customer is chosen", async () => {
    for (const text of ["hx", "东海 固件", "shadow 固件", "-hx 固件", '"hx" 固件', "hx 客户：dhwl 固件", "固件 升级"])
      expect(await meant("mei", text), text).toBeUndefined();
    expect(await meant("qiang", "华信 固件")).toBeUndefined();
    expect(await meant("qiang", "shadow 固件")).toEqual(["shadow", "固件"]);
  });

  test("comes before all else on the page, with reason, answer and actions, and never with what is hidden", async () => {
    const asked = `/search?q=${encodeURIComponent("hx x200 固件")}`;
    const { text } = await (await app.browser("mei")).get(asked);
    const [, first = ""] = text.split('id="of-customer"');
    expect(first.indexOf("可以直接升级到 v7.5。")).toBeGreaterThan(0);
    for (const words of ["拥有 X200 网关", "复制可告知部分", "/c/hx/told/new?page", "全部 2 条"])
      expect(first.replaceAll("&#x3D;", "=")).toContain(words);
    expect(text).not.toContain("折扣");
    expect((await (await app.browser("qiang")).get(asked)).text).toContain("折扣");
  });

  test("finds customers and contacts by pinyin and initials among everything", async () => {
    await onCustomer(app, "mei", "hx").contact("张伟");
    const nobody = await app.browser("nobody");
    for (const word of ["hxyq", "huaxinyiqi"])
      expect((await nobody.get(`/search?q=${word}`)).text, word).toContain('href="/c/hx"');
    for (const word of ["zw", "zhangwei"]) expect((await nobody.get(`/search?q=${word}`)).text, word).toContain("张伟");
  });
});
