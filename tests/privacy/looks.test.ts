import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { addContact } from "../../src/contacts/commands.ts";
import { customerToEdit } from "../../src/customers/policy.ts";
import { getCustomer } from "../../src/customers/queries.ts";
import type { Contact } from "../../src/db/schema.ts";
import { customerBy, hideInSales } from "../customers/company.ts";
import { letOthersOnlyRead } from "../customers/read-only.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";
import { faceOf } from "../support/face.ts";

const SECRETS = ["138 0000 0148", "13800000148", "zhang.wei@", "zhangwei88"];
const REACH = { mobile: "138 0000 0148", email: "zhang.wei@huaxin.example", wechat: "zhangwei88" };

let app: TestApp;
let zhang: Contact;
let hidden: Contact;
const get = async (login: Login, path: string) => (await app.browser(login)).get(path);
const post = async (login: Login, path: string, fields: Record<string, string> = {}) =>
  (await app.browser(login)).post(path, fields);
const contactOf = (login: Login, key: string, name: string) =>
  app.as(login, async (tx) =>
    addContact(tx, customerToEdit(tx.viewer, await getCustomer(tx.read, key)), { name, ...REACH }),
  );

beforeAll(async () => {
  app = await testApp();
  await letOthersOnlyRead(app, await customerBy(app, "root", { name: "华信仪器", key: "hx" }));
  await hideInSales(app, await customerBy(app, "root", { name: "青松集团", key: "secret" }));
  zhang = await contactOf("qiang", "hx", "张伟");
  hidden = await contactOf("lan", "secret", "李松");
});

describe("phone, address and WeChat id of a contact", () => {
  test("are masked on every screen and in every answer until somebody asks", async () => {
    const paths = [
      ...[`/contacts/${zhang.id}`, `/contacts/${zhang.id}/edit`, "/c/hx", "/c/hx?q=0148", "/c/hx/interactions/new"],
      ...["/search?q=13800000148", "/search?q=zhang.wei@huaxin.example", "/search?q=0148", "/customers?q=0148"],
    ];
    for (const path of paths) {
      const { status, text } = await get("qiang", path);
      expect([path, status]).toEqual([path, 200]);
      const main = text.slice(text.indexOf("<main")).replace(/<(form|input)[^>]*search[^>]*>/g, "");
      const typed = /q=([^&]+)/.exec(path)?.[1] ?? "";
      expect([path, SECRETS.filter((secret) => !typed.includes(secret) && main.includes(secret))]).toEqual([path, []]);
    }
    expect((await get("qiang", `/contacts/${zhang.id}`)).text).toContain("138****0148");
    expect((await get("qiang", `/contacts/${zhang.id}`)).text).not.toMatch(/href="(tel|mailto):/);
  });

  test("are not in the index that the browser searches", async () => {
    const answer = await await get("qiang", "/c/hx/index.json");
    const index = JSON.stringify(answer.body);
    expect(index).toContain("张伟");
    expect(SECRETS.filter((secret) => index.includes(secret))).toEqual([]);
  });

  test("still find their contact: whole, or by the last four digits", async () => {
    for (const q of ["13800000148", "138 0000 0148", "0148", "zhang.wei@huaxin.example", "zhangwei88"])
      expect([q, (await get("qiang", `/search?q=${encodeURIComponent(q)}`)).text.includes("张伟")]).toEqual([q, true]);
    for (const q of ["13800000148", "0148"])
      expect([q, (await get("qiang", `/c/hx?q=${q}`)).text.includes(`href="/contacts/${zhang.id}"`)]).toEqual([
        q,
        true,
      ]);
  });

  test("are shown to whoever asks, with links that call and write", async () => {
    const { status, text } = await post("nobody", `/contacts/${zhang.id}/looks`);
    expect(status).toBe(200);
    for (const part of ['href="tel:13800000148"', 'href="mailto:zhang.wei@huaxin.example"', "zhangwei88"])
      expect(text).toContain(part);
  });

  test("stay as they are when a form is sent back with its masks", async () => {
    const form = { name: "张伟", title: "经理", mobile: "138****0148", email: "z***@huaxin.example", wechat: "z***" };
    expect((await post("qiang", `/contacts/${zhang.id}/edit`, form)).status).toBe(303);
    const kept = await app.db.selectFrom("contacts").selectAll().where("id", "=", zhang.id).executeTakeFirstOrThrow();
    expect(kept).toMatchObject({ ...REACH, title: "经理" });
    const half = await post("qiang", `/contacts/${zhang.id}/edit`, { ...form, mobile: "139****0148" });
    expect([half.status, half.text.includes("这里含有星号")]).toEqual([422, true]);
  });
});

describe("who looked", () => {
  test("is listed for those who manage the customer, with when and at what", async () => {
    await post("mei", `/contacts/${zhang.id}/looks`);
    const { text } = await get("root", "/c/hx/looks");
    expect(text).toMatch(/mei[\s\S]*张伟[\s\S]*电话、邮箱、微信/);
    expect((await get("root", `/contacts/${zhang.id}/looks`)).text).toContain("mei");
    expect((await get("qiang", `/contacts/${zhang.id}/looks`)).status).toBe(303);
    expect((await get("mei", `/contacts/${hidden.id}/looks`)).status).toBe(404);
    expect((await get("qiang", "/c/hx/looks")).status).toBe(403);
  });

  test("is kept in the audit log, with the names of the fields and not what is in them", async () => {
    await post("mei", `/contacts/${zhang.id}/looks`);
    const entry = await app.db
      .selectFrom("events")
      .selectAll()
      .where("kind", "=", "contact.shown")
      .orderBy("seq", "desc")
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ actor_id: (await app.viewer("mei")).id, subject_id: zhang.id });
    expect(JSON.parse(entry.payload).fields).toEqual(["mobile", "email", "wechat"]);
  });

  test("can be changed or deleted by nobody", async () => {
    for (const statement of ["update looks set at = ''", "delete from looks"])
      await expect(sql.raw(statement).execute(app.db)).rejects.toThrow("only grows");
  });

  test("says nothing of hidden contacts: asking for one answers as for one that never was", async () => {
    const mei = await app.browser("mei");
    const there = await mei.post(`/contacts/${hidden.id}/looks`);
    const never = await mei.post("/contacts/AAAAAAAAAAAAAAAA/looks");
    expect(faceOf(there, hidden.id)).toEqual(faceOf(never, "AAAAAAAAAAAAAAAA"));
    const looks = await app.db.selectFrom("looks").select("id").where("contact_id", "=", hidden.id).execute();
    expect(looks).toEqual([]);
  });
});
