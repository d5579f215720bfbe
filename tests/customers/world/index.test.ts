import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { getCustomer } from "../../../src/customers/queries.ts";
import { find, type PackedIndex, unpack } from "../../../src/customers/world/find.ts";
import { findInWorld, packWorld } from "../../../src/customers/world/index.ts";
import { listWorld } from "../../../src/customers/world/queries.ts";
import { translator } from "../../../src/i18n/i18n.ts";
import { revise, write } from "../../pages/writing.ts";
import { type Cast, castIn, type Login } from "../../support/cast.ts";
import { openTestDatabase } from "../../support/db.ts";
import { customerBy, onCustomer, productNamed } from "../company.ts";

let cast: Cast;
let page: string;

const asked = async (login: Login, locale: "zh-CN" | "en" = "zh-CN") => {
  const read = await cast.read(login);
  const customer = await getCustomer(read, "hx");
  const audience = { customer, t: translator(locale), locale, now: cast.clock.now(), canTell: login === "mei" };
  return { read, world: await listWorld(read, customer), audience };
};
const textOf = async (login: Login, locale?: "en"): Promise<string> => {
  const { read, world, audience } = await asked(login, locale);
  return gunzipSync(await packWorld(read, world, audience)).toString();
};
const packOf = async (login: Login): Promise<PackedIndex> => JSON.parse(await textOf(login));

beforeAll(async () => {
  cast = await castIn(await openTestDatabase());
  const customer = await customerBy(cast, "mei", { name: "华信仪器", key: "hx" });
  const x200 = await productNamed(cast, "X200", "X200 网关");
  const { owns, contact, said } = onCustomer(cast, "mei", "hx");
  await owns(x200);
  await said("客户问升级会不会影响质保", { contact_id: (await contact("张伟")).id });
  const body = "内部说明。\n\n:::say\n可以直接升级到 v7.5。\n:::\n";
  page = (await write(cast, "mei", "handbook", { title: "固件兼容性", body, labels: ["售后"], products: [x200.id] }))
    .id;
  await write(cast, "qiang", "sales", { title: "折扣底线", body: "最低八折", customers: [customer.id] });
});

describe("the index of a customer's world", () => {
  test("finds pages by text and label, what was said, contacts and products", async () => {
    const searchable = unpack(await packOf("nobody"));
    const kinds = (text: string) => find(searchable, text).hits.map(({ document }) => document.kind);
    expect(kinds("升级").sort()).toEqual(["interaction", "page"]);
    expect(kinds("售后")).toEqual(["page"]);
    expect(kinds("张伟").sort()).toEqual(["contact", "interaction"]);
    expect(kinds("x200").sort()).toEqual(["page", "product"]);
  });

  test("carries what may be told, and where it is recorded for those who may", async () => {
    const told = async (login: Login) => (await packOf(login)).documents.find((one) => one.kind === "page");
    expect(await told("mei")).toMatchObject({ say: "可以直接升级到 v7.5。", tell: `/c/hx/told/new?page=${page}` });
    expect(await told("nobody")).toMatchObject({ say: "可以直接升级到 v7.5。", tell: null });
  });

  test("holds no word of a page that the viewer cannot see", async () => {
    expect(await textOf("mei")).not.toMatch(/折扣|底线|八折/);
    expect(await textOf("qiang")).toMatch(/折扣/);
  });

  test("speaks the language of the viewer", async () => {
    expect(await textOf("mei")).toContain("拥有 X200 网关");
    expect(await textOf("mei", "en")).toContain("Owns X200 网关");
  });

  test("is the same bytes while nothing changes, and other ones after a save", async () => {
    const before = await textOf("mei");
    expect(await textOf("mei")).toBe(before);
    await revise(cast, "mei", page, { body: "全新内容" });
    expect(await textOf("mei")).toContain("全新内容");
  });
});

test("without script the same index answers, with what was found marked", async () => {
  const { read, world, audience } = await asked("nobody");
  const { hits, total } = await findInWorld(read, world, { ...audience, text: "質保" });
  expect(total).toBe(1);
  expect(hits[0]?.passage).toEqual([
    { text: "客户问升级会不会影响", hit: false },
    { text: "质保", hit: true },
  ]);
  expect((await findInWorld(read, world, { ...audience, text: "折扣" })).hits).toEqual([]);
});
