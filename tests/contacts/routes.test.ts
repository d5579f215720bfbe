import { beforeAll, describe, expect, test } from "vitest";
import { getContact, listContacts } from "../../src/contacts/queries.ts";
import { getCustomer } from "../../src/customers/queries.ts";
import type { Contact } from "../../src/db/schema.ts";
import { customerBy, hideInSales, onCustomer } from "../customers/company.ts";
import { letOthersOnlyRead } from "../customers/read-only.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";
import { faceOf } from "../support/face.ts";

let app: TestApp;
let zhang: Contact;
let hidden: Contact;
let readOnly: Contact;
const NEVER = "AAAAAAAAAAAAAAAA";
const get = async (login: Login, path: string) => (await app.browser(login)).get(path);
const post = async (login: Login, path: string, fields: Record<string, string> = {}) =>
  (await app.browser(login)).post(path, fields);
const namesOf = async (key: string, login: Login = "qiang") => {
  const read = await app.read(login);
  return (await listContacts(read, await getCustomer(read, key))).map((contact) => contact.name);
};

beforeAll(async () => {
  app = await testApp();
  await customerBy(app, "mei", { name: "华信仪器", key: "hx" });
  await hideInSales(app, await customerBy(app, "root", { name: "青松集团", key: "secret" }));
  await letOthersOnlyRead(app, await customerBy(app, "root", { name: "东海物流", key: "donghai" }));
  zhang = await onCustomer(app, "mei", "hx").contact("张伟");
  hidden = await onCustomer(app, "lan", "secret").contact("李松");
  readOnly = await onCustomer(app, "lan", "donghai").contact("陈静");
  await onCustomer(app, "mei", "hx").said("确认 48 台均为 B 版", { contact_id: zhang.id });
  await onCustomer(app, "mei", "hx").said("与张伟无关");
  const page = await write(app, "mei", "handbook", { title: "固件说明" });
  await onCustomer(app, "mei", "hx").linked(page.id, "told", zhang);
  const offer = await write(app, "qiang", "sales", { title: "折扣底线" });
  await onCustomer(app, "qiang", "hx").linked(offer.id, "told", zhang);
});

test("somebody who has left stays out of search, though their card is corrected", async () => {
  const left = await onCustomer(app, "mei", "hx").contact("孙离");
  const isIndexed = async () =>
    (await app.db.selectFrom("search_doc").select("ref_id").where("ref_id", "=", left.id).execute()).length > 0;
  expect(await isIndexed()).toBe(true);
  await post("mei", `/contacts/${left.id}/archive`);
  await post("mei", `/contacts/${left.id}/edit`, { name: "孙离", title: "ghost" });
  expect((await getContact(await app.read("mei"), left.id)).title).toBe("ghost");
  expect(await isIndexed()).toBe(false);
});

describe("a confidential customer's contacts", () => {
  test("do not exist for others: reading and writing answer as for an id that never was", async () => {
    const mei = await app.browser("mei");
    for (const path of ["", "/edit", "/archive"]) {
      const there = await mei.get(`/contacts/${hidden.id}${path}`);
      expect(there.status).toBe(404);
      expect(faceOf(there, hidden.id)).toEqual(faceOf(await mei.get(`/contacts/${NEVER}${path}`), NEVER));
    }
    for (const path of ["/edit", "/archive"])
      for (const fields of [{ name: "改" }, { nonsense: "x" }]) {
        const there = await mei.post(`/contacts/${hidden.id}${path}`, path === "/edit" ? fields : {});
        expect(there.status).toBe(404);
        const never = await mei.post(`/contacts/${NEVER}${path}`, path === "/edit" ? fields : {});
        expect(faceOf(there, hidden.id)).toEqual(faceOf(never, NEVER));
      }
    for (const [secret, never] of [
      [await mei.get("/c/secret/contacts/new"), await mei.get("/c/nobody/contacts/new")],
      [
        await mei.post("/c/secret/contacts/new", { name: "甲" }),
        await mei.post("/c/nobody/contacts/new", { name: "甲" }),
      ],
      [await mei.post("/c/secret/contacts/new"), await mei.post("/c/nobody/contacts/new")],
    ] as const)
      expect(faceOf(secret, "secret")).toEqual(faceOf(never, "nobody"));
  });

  test("are there for sales", async () => {
    expect((await get("qiang", `/contacts/${hidden.id}`)).text).toContain("李松");
    expect((await get("qiang", "/c/secret/contacts/new")).status).toBe(200);
  });
});

describe("the page of a contact", () => {
  test("says how to reach them, what was said with them and what they were told", async () => {
    await post("mei", `/contacts/${zhang.id}/edit`, {
      name: "张伟",
      title: "设备部经理",
      mobile: "138 0000 0148",
      email: "zhang.wei@huaxin.example",
      preferred_channel: "wechat",
    });
    const { text } = await post("nobody", `/contacts/${zhang.id}/looks`);
    for (const part of ["设备部经理", 'href="tel:13800000148"', 'href="mailto:zhang.wei@huaxin.example"', ">微信<"])
      expect(text).toContain(part);
    expect(text).toContain("确认 48 台均为 B 版");
    expect(text).not.toContain("与张伟无关");
    expect(text).toMatch(/固件说明[\s\S]*?mei 已告知/);
    expect(text).toContain('href="/c/hx"');
  });

  test("shows only pages the viewer sees", async () => {
    expect((await get("mei", `/contacts/${zhang.id}`)).text).not.toContain("折扣底线");
    expect((await get("qiang", `/contacts/${zhang.id}`)).text).toContain("折扣底线");
  });

  test("offers changes to those who may change the customer, and answers 403 to others who see it", async () => {
    const seen = await get("nobody", `/contacts/${readOnly.id}`);
    expect(seen.status).toBe(200);
    expect(seen.text).not.toContain(`/contacts/${readOnly.id}/edit`);
    for (const path of [
      `/contacts/${readOnly.id}/edit`,
      `/contacts/${readOnly.id}/archive`,
      "/c/donghai/contacts/new",
    ]) {
      expect((await get("nobody", path)).status).toBe(403);
      expect((await get("qiang", path)).status).toBe(200);
    }
    expect((await post("nobody", `/contacts/${readOnly.id}/edit`, { name: "改" })).status).toBe(403);
    expect((await post("nobody", `/contacts/${readOnly.id}/archive`)).status).toBe(403);
    expect((await post("nobody", "/c/donghai/contacts/new", { name: "甲" })).status).toBe(403);
    expect((await getContact(await app.read("nobody"), readOnly.id)).name).toBe("陈静");
  });
});

describe("adding and changing a contact", () => {
  test("ends on the page of the customer, with everything kept", async () => {
    const form = {
      name: " 王芳 ",
      title: "采购主管",
      role: "关键决策人",
      mobile: "138 0000 0149",
      email: "wang@huaxin.example",
      wechat: "wangfang",
      preferred_channel: "email",
      note: "周三在厂里",
    };
    const made = await post("nobody", "/c/hx/contacts/new", form);
    expect([made.status, made.headers.location]).toEqual([303, "/c/hx"]);
    expect(decodeURIComponent(String(made.headers["set-cookie"]))).toContain("王芳");
    const read = await app.read("mei");
    const [, added] = await listContacts(read, await getCustomer(read, "hx"));
    expect(added).toMatchObject({ ...form, name: "王芳" });
    const edit = await get("mei", `/contacts/${added?.id}/edit`);
    for (const value of ['value="王芳"', 'value="email" selected', "周三在厂里</textarea>"])
      expect(edit.text).toContain(value);
    const saved = await post("mei", `/contacts/${added?.id}/edit`, { name: "王芳芳", wechat: "" });
    expect([saved.status, saved.headers.location]).toEqual([303, "/c/hx"]);
    expect(await getContact(read, added?.id ?? "")).toMatchObject({ name: "王芳芳", wechat: null, title: "采购主管" });
  });

  test("says what is wrong in the reader's language and keeps what was typed", async () => {
    const refused = await post("mei", "/c/hx/contacts/new", { name: "", email: "zhang at huaxin", note: "写了很久" });
    expect(refused.status).toBe(422);
    for (const part of ["请填写这一项。", "这不像是邮箱地址", 'value="zhang at huaxin"', "写了很久</textarea>"])
      expect(refused.text).toContain(part);
    const mei = await app.browser("mei");
    await mei.post("/preferences", { locale: "en" });
    const english = await mei.post(`/contacts/${zhang.id}/edit`, { name: "Z".repeat(101) });
    expect([english.status, english.text.includes("This is too long.")]).toEqual([422, true]);
    await mei.post("/preferences", { locale: "zh-CN" });
    expect((await mei.post("/c/hx/contacts/new", { name: "甲", customer_id: "x" })).status).toBe(422);
  });

  test("sent twice adds one", async () => {
    const mei = await app.browser("mei");
    const key = /name="idempotency_key" value="([^"]+)"/.exec((await mei.get("/c/hx/contacts/new")).text)?.[1] ?? "";
    for (let i = 0; i < 2; i++)
      expect((await mei.post("/c/hx/contacts/new", { name: "一次", idempotency_key: key })).status).toBe(303);
    expect((await namesOf("hx")).filter((name) => name === "一次")).toEqual(["一次"]);
  });
});

describe("a contact who has left", () => {
  test("is asked about first, then left out of lists while what was said stays", async () => {
    const gone = await onCustomer(app, "mei", "hx").contact("赵离");
    const asked = await get("nobody", `/contacts/${gone.id}/archive`);
    expect(asked.text).toContain("赵离 已离职？");
    expect(await namesOf("hx")).toContain("赵离");
    const done = await post("nobody", `/contacts/${gone.id}/archive`);
    expect([done.status, done.headers.location]).toEqual([303, "/c/hx"]);
    expect(await namesOf("hx")).not.toContain("赵离");
    const { text } = await get("nobody", `/contacts/${gone.id}`);
    expect(text).toContain("已离职");
    expect(text).not.toContain(`/contacts/${gone.id}/archive`);
  });
});
