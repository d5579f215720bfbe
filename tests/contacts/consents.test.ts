import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { listConsents, listWithdrawn } from "../../src/contacts/consents/queries.ts";
import type { Contact } from "../../src/db/schema.ts";
import { customerBy, onCustomer } from "../customers/company.ts";
import { letOthersOnlyRead } from "../customers/read-only.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";

let app: TestApp;
let zhang: Contact;
const get = async (login: Login, path: string) => (await app.browser(login)).get(path);
const post = async (login: Login, path: string, fields: Record<string, string> = {}) =>
  (await app.browser(login)).post(path, fields);
const say = (status: string, more: Record<string, string> = {}) =>
  post("qiang", `/contacts/${zhang.id}/consents`, { channel: "phone", status, source: "电话里说的", ...more });

beforeAll(async () => {
  app = await testApp();
  await letOthersOnlyRead(app, await customerBy(app, "root", { name: "华信仪器", key: "hx" }));
  zhang = await onCustomer(app, "qiang", "hx").contact("张伟");
});

test("the newest statement counts, and every earlier one stays", async () => {
  expect((await say("given")).status).toBe(303);
  expect((await get("nobody", `/contacts/${zhang.id}`)).text).not.toContain("请勿致电");
  expect((await say("withdrawn")).status).toBe(303);
  expect((await say("given", { on: "2026-10-01" })).status).toBe(303);
  const page = (await get("nobody", `/contacts/${zhang.id}`)).text;
  expect(page).toContain("请勿致电");
  expect(page.match(/电话里说的/g)).toHaveLength(3);
  expect((await get("nobody", "/c/hx")).text).toContain("请勿致电");
  const stated = await listConsents(await app.read("mei"), zhang);
  expect(stated.map((one) => [one.channel, one.status, one.person])).toEqual([
    ["phone", "withdrawn", "qiang"],
    ["phone", "given", "qiang"],
    ["phone", "given", "qiang"],
  ]);
});

test("whoever records a call to somebody who wants none is warned before and after", async () => {
  expect((await get("qiang", "/c/hx/interactions/new")).text).toContain("张伟 · 请勿致电");
  const flashOf = async (fields: Record<string, string>) => {
    const done = await post("qiang", "/c/hx/interactions/new", { words: "问候", contact: zhang.id, ...fields });
    expect(done.status).toBe(303);
    return decodeURIComponent(decodeURIComponent(String(done.headers["set-cookie"])));
  };
  expect(await flashOf({ channel: "phone", direction: "out" })).toContain("张伟已撤回通过电话联系的许可");
  expect(await flashOf({ channel: "phone", direction: "in" })).not.toContain("撤回");
  expect(await flashOf({ channel: "email", direction: "out" })).not.toContain("撤回");
});

test("which channel somebody prefers is kept each time it changes", async () => {
  for (const preferred_channel of ["wechat", "wechat", "email", ""])
    await post("qiang", `/contacts/${zhang.id}/edit`, { name: "张伟", preferred_channel });
  const stated = await listConsents(await app.read("mei"), zhang);
  expect(stated.filter((one) => one.status === "preferred").map((one) => one.channel)).toEqual([
    "none",
    "email",
    "wechat",
  ]);
  expect([...(await listWithdrawn(await app.read("mei"), { id: zhang.customer_id }))]).toEqual([[zhang.id, ["phone"]]]);
});

test("a statement can be changed or deleted by nobody", async () => {
  for (const statement of [
    "update consents set status = 'given'",
    "update consents set source = 'x', erased_at = 'now'",
    "update consents set source = '', erased_at = 'now', status = 'given'",
    "delete from consents",
  ])
    await expect(sql.raw(statement).execute(app.db)).rejects.toThrow("only grows");
});

test("only those who may change the customer record one, and it needs a source and a day that has come", async () => {
  const form = { channel: "phone", status: "given", source: "x" };
  expect((await post("nobody", `/contacts/${zhang.id}/consents`, form)).status).toBe(403);
  expect((await post("nobody", `/contacts/${zhang.id}/consents`, {})).status).toBe(403);
  const refused = await say("given", { source: "", on: "2026-10-01" });
  expect([refused.status, refused.text.includes("请填写这一项。")]).toEqual([422, true]);
  const early = await say("given", { on: "2999-01-01" });
  expect([early.status, early.text.includes("这一天还没到")]).toEqual([422, true]);
});
