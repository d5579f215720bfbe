import { beforeAll, describe, expect, test } from "vitest";
import { getCustomer } from "../../src/customers/queries.ts";
import type { Contact, Interaction } from "../../src/db/schema.ts";
import { dayIn } from "../../src/interactions/days.ts";
import { getInteraction, listInteractions } from "../../src/interactions/queries.ts";
import { customerBy, hideInSales, onCustomer, productNamed } from "../customers/company.ts";
import { letOthersOnlyRead } from "../customers/read-only.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";
import { faceOf } from "../support/face.ts";

let app: TestApp;
let zhang: Contact;
let hidden: Interaction;
let readOnly: Interaction;
const NEVER = "AAAAAAAAAAAAAAAA";
const get = async (login: Login, path: string) => (await app.browser(login)).get(path);
const post = async (login: Login, path: string, fields: Record<string, string> = {}) =>
  (await app.browser(login)).post(path, fields);
const saidWith = async (key: string) => {
  const read = await app.read("lan");
  return listInteractions(read, { customer: await getCustomer(read, key), limit: 50 });
};
const said = { words: "确认 48 台均为 B 版", channel: "wechat", direction: "in" };

beforeAll(async () => {
  app = await testApp();
  await customerBy(app, "mei", { name: "华信仪器", short_name: "华信", key: "hx", preferred_channel: "email" });
  await hideInSales(app, await customerBy(app, "root", { name: "青松集团", key: "secret" }));
  await letOthersOnlyRead(app, await customerBy(app, "root", { name: "东海物流", key: "donghai" }));
  await productNamed(app, "X200", "X200 网关");
  await productNamed(app, "X300", "X300 网关");
  zhang = await onCustomer(app, "mei", "hx").contact("张伟");
  hidden = await onCustomer(app, "lan", "secret").said("青松要打折", { next_at: "2026-11-19" });
  readOnly = await onCustomer(app, "lan", "donghai").said("东海要涨价", { next_at: "2026-10-30" });
});

describe("what was said with a confidential customer", () => {
  test("does not exist for others: reading and writing answer as for an id that never was", async () => {
    const mei = await app.browser("mei");
    for (const path of ["", "/edit"]) {
      const there = await mei.get(`/interactions/${hidden.id}${path}`);
      expect(there.status).toBe(404);
      expect(faceOf(there, hidden.id)).toEqual(faceOf(await mei.get(`/interactions/${NEVER}${path}`), NEVER));
    }
    for (const path of ["/edit", "/completion"])
      for (const fields of [path === "/edit" ? said : {}, { outcome: "x".repeat(20_001) }]) {
        const there = await mei.post(`/interactions/${hidden.id}${path}`, fields);
        expect(there.status).toBe(404);
        expect(faceOf(there, hidden.id)).toEqual(
          faceOf(await mei.post(`/interactions/${NEVER}${path}`, fields), NEVER),
        );
      }
    for (const path of ["/interactions", "/interactions/new"])
      expect(faceOf(await mei.get(`/c/secret${path}`), "secret")).toEqual(
        faceOf(await mei.get(`/c/nobody${path}`), "nobody"),
      );
    for (const fields of [said, {}])
      expect(faceOf(await mei.post("/c/secret/interactions/new", fields), "secret")).toEqual(
        faceOf(await mei.post("/c/nobody/interactions/new", fields), "nobody"),
      );
    expect(await saidWith("secret")).toMatchObject([{ words: "青松要打折", status: "open" }]);
  });

  test("is there for sales", async () => {
    expect((await get("qiang", `/interactions/${hidden.id}`)).text).toContain("青松要打折");
    expect((await get("qiang", "/c/secret/interactions")).text).toContain("青松要打折");
  });
});

describe("who only reads a customer", () => {
  test("sees what was said and may not add to it or change it", async () => {
    const seen = await get("nobody", `/interactions/${readOnly.id}`);
    expect(seen.text).toContain("东海要涨价");
    expect(seen.text).not.toContain(`/interactions/${readOnly.id}/`);
    const own = await get("qiang", `/interactions/${readOnly.id}`);
    for (const path of ["edit", "completion"]) expect(own.text).toContain(`/interactions/${readOnly.id}/${path}`);
    for (const path of [`/interactions/${readOnly.id}/edit`, "/c/donghai/interactions/new"]) {
      expect((await get("nobody", path)).status).toBe(403);
      expect((await post("nobody", path, said)).status).toBe(403);
      expect((await get("qiang", path)).status).toBe(200);
    }
    for (const fields of [{}, { outcome: "x".repeat(20_001) }])
      expect((await post("nobody", `/interactions/${readOnly.id}/completion`, fields)).status).toBe(403);
    expect(await getInteraction(await app.read("nobody"), readOnly.id)).toMatchObject({ status: "open" });
  });
});

describe("choosing the customer", () => {
  test("finds one by initials and goes straight on; of several it asks; hidden ones are not found", async () => {
    for (const path of ["/interactions/new?q=hx", "/interactions/new?customer=hx"]) {
      const found = await get("nobody", path);
      expect([found.status, found.headers.location]).toEqual([303, "/c/hx/interactions/new"]);
    }
    await customerBy(app, "mei", { name: "华星科技", key: "huaxing" });
    const several = await get("mei", "/interactions/new?q=hx");
    for (const key of ["hx", "huaxing"]) expect(several.text).toContain(`href="/c/${key}/interactions/new"`);
    expect((await get("mei", "/interactions/new?q=青松")).text).toContain("没有找到这样的客户。");
    expect((await get("qiang", "/interactions/new?q=青松")).headers.location).toBe("/c/secret/interactions/new");
    const mei = await app.browser("mei");
    expect(faceOf(await mei.get("/interactions/new?customer=secret"), "secret")).toEqual(
      faceOf(await mei.get("/interactions/new?customer=nobody"), "nobody"),
    );
  });

  test("offers those contacted lately, and nobody whom the viewer may only read", async () => {
    expect((await get("nobody", "/interactions/new")).text).toContain("与哪位客户？");
    await post("fang", "/c/hx/interactions/new", said);
    expect((await get("fang", "/interactions/new")).text).toContain('href="/c/hx/interactions/new"');
    expect((await get("fang", "/interactions/new?q=东海")).text).not.toContain("/c/donghai");
  });
});

describe("recording what was said", () => {
  test("takes one sentence, and ends on the customer's page", async () => {
    await customerBy(app, "mei", { name: "云上科技", key: "yun" });
    const made = await post("nobody", "/c/yun/interactions/new", { words: "先发报价" });
    expect([made.status, made.headers.location]).toEqual([303, "/c/yun"]);
    const nobody = await app.viewer("nobody");
    expect(await saidWith("yun")).toMatchObject([
      { words: "先发报价", channel: "phone", direction: "out", person_id: nobody.id, status: "done", next_at: null },
    ]);
  });

  test("keeps every field; a next date makes it a promise", async () => {
    await customerBy(app, "mei", { name: "全项", key: "full" });
    const wang = await onCustomer(app, "mei", "full").contact("王芳");
    const form = {
      ...said,
      contact: wang.id,
      product: "x200",
      next_at: "2026/11/9",
      outcome: "答应给报价",
      on: "2026-10-30",
    };
    const made = await post("mei", "/c/full/interactions/new", form);
    expect(decodeURIComponent(String(made.headers["set-cookie"]))).toContain("11 月 9 日");
    const [row] = await saidWith("full");
    expect(row).toMatchObject({
      ...said,
      contact_id: wang.id,
      outcome: "答应给报价",
      next_at: "2026-11-09",
      status: "open",
    });
    expect(dayIn(row?.at ?? "")).toBe("2026-10-30");
    const seen = await get("nobody", `/interactions/${row?.id}`);
    for (const part of ["微信 · 王芳 → mei", "X200 网关", "答应给报价", "承诺于 11 月 9 日"])
      expect(seen.text).toContain(part);
  });

  test("is opened for a contact with the channel they prefer, else with that of the customer", async () => {
    await app.db.updateTable("contacts").set({ preferred_channel: "visit" }).where("id", "=", zhang.id).execute();
    const chosen = await get("mei", `/c/hx/interactions/new?contact=${zhang.id}&product=X300`);
    for (const part of [`value="${zhang.id}" selected`, 'value="visit" selected', 'value="X300"'])
      expect(chosen.text).toContain(part);
    expect((await get("mei", "/c/hx/interactions/new")).text).toContain('value="email" selected');
  });

  test("refuses a contact of somebody else, a product that is none, a day to come; and keeps what was typed", async () => {
    const before = (await saidWith("hx")).length;
    const stranger = await onCustomer(app, "lan", "secret").contact("李松");
    const wrong: [Record<string, string>, string][] = [
      [{ contact: stranger.id }, "这位联系人不属于该客户。"],
      [{ contact: NEVER }, "这位联系人不属于该客户。"],
      [{ product: "洗衣机" }, "没有找到这个产品。"],
      [{ product: "网关" }, "有几个产品符合"],
      [{ on: "2026-11-30" }, "这一天还没到"],
      [{ next_at: "下周" }, "请写成 2026-11-19"],
      [{ words: " " }, "请填写这一项。"],
    ];
    for (const [fields, rule] of wrong) {
      const refused = await post("mei", "/c/hx/interactions/new", { ...said, outcome: "写了很久的结果", ...fields });
      expect([refused.status, refused.text.includes(rule)]).toEqual([422, true]);
      expect(refused.text).toContain("写了很久的结果</textarea>");
      expect(refused.text).toContain('value="in" selected');
    }
    expect((await post("mei", "/c/hx/interactions/new", { ...said, channel: "telex" })).status).toBe(422);
    expect((await post("mei", "/c/hx/interactions/new", { ...said, person_id: "x" })).status).toBe(422);
    expect(await saidWith("hx")).toHaveLength(before);
  });

  test("speaks English to who reads English", async () => {
    const mei = await app.browser("mei");
    await mei.post("/preferences", { locale: "en" });
    expect((await mei.get("/c/hx/interactions/new")).text).toContain("Log an interaction with 华信");
    const refused = await mei.post("/c/hx/interactions/new", { words: "x", on: "2027-01-01" });
    expect(refused.text).toContain("This day has not come yet.");
    await mei.post("/preferences", { locale: "zh-CN" });
  });

  test("sent twice records one", async () => {
    const mei = await app.browser("mei");
    const form = await mei.get("/c/hx/interactions/new");
    const key = /name="idempotency_key" value="([^"]+)"/.exec(form.text)?.[1] ?? "";
    for (let i = 0; i < 2; i++) await mei.post("/c/hx/interactions/new", { words: "只记一次", idempotency_key: key });
    expect((await saidWith("hx")).filter((one) => one.words === "只记一次")).toHaveLength(1);
  });
});

describe("changing what was recorded", () => {
  const made = (more: object = {}) =>
    onCustomer(app, "mei", "hx").said("旧话", { at: "2026-10-30T10:23:45.000Z", ...more });
  const now = async (id: string) => getInteraction(await app.read("mei"), id);

  test("shows what is kept and changes what was typed, not the hour of an unchanged day", async () => {
    const row = await made({ contact_id: zhang.id, next_at: "2026-11-09" });
    const form = await get("nobody", `/interactions/${row.id}/edit`);
    for (const part of ["旧话</textarea>", `value="${zhang.id}" selected`, 'value="2026-11-09"', 'value="2026-10-30"'])
      expect(form.text).toContain(part);
    const unchanged = { contact: zhang.id, product: "", next_at: "2026-11-09", on: "2026-10-30" };
    const saved = await post("nobody", `/interactions/${row.id}/edit`, { ...said, words: "新话", ...unchanged });
    expect([saved.status, saved.headers.location]).toEqual([303, "/c/hx"]);
    expect(await now(row.id)).toMatchObject({ words: "新话", channel: "wechat", at: row.at, status: "open" });
    await post("nobody", `/interactions/${row.id}/edit`, { ...said, ...unchanged, contact: "", next_at: "" });
    expect(await now(row.id)).toMatchObject({ contact_id: null, next_at: null, status: "done" });
  });

  test("keeps a contact who has left and a product that the viewer cannot see", async () => {
    const gone = await onCustomer(app, "mei", "hx").contact("赵离");
    const x300 = await productNamed(app, "OLD", "旧产品");
    const row = await made({ contact_id: gone.id, product_id: x300.id });
    await post("mei", `/contacts/${gone.id}/archive`);
    expect((await get("mei", `/interactions/${row.id}/edit`)).text).toContain(`value="${gone.id}" selected`);
    const scope = { id: "elsewhere", kind: "catalogue" as const, parent_id: null, department_id: null, name: null };
    const made_at = { restricted_at: null, created_at: app.clock.now() };
    await app.db
      .insertInto("scopes")
      .values({ ...scope, ...made_at })
      .execute();
    await app.db.updateTable("products").set({ scope_id: scope.id }).where("id", "=", x300.id).execute();
    const seen = await get("mei", `/interactions/${row.id}`);
    expect([seen.status, seen.text.includes("旧产品")]).toEqual([200, false]);
    const saved = await post("mei", `/interactions/${row.id}/edit`, { ...said, contact: gone.id, product: "" });
    expect(saved.status).toBe(303);
    expect(await now(row.id)).toMatchObject({ contact_id: gone.id, product_id: x300.id });
    expect((await post("mei", `/interactions/${row.id}/completion`)).status).toBe(303);
  });

  test("a promise is kept with a word on how, or none, and can be made again", async () => {
    const row = await made({ next_at: "2026-10-31", outcome: "答应了" });
    expect((await get("mei", `/interactions/${row.id}`)).text).toContain("逾期 2 天");
    const done = await post("nobody", `/interactions/${row.id}/completion`);
    expect([done.status, done.headers.location]).toEqual([303, `/interactions/${row.id}`]);
    expect(await now(row.id)).toMatchObject({ status: "done", outcome: "答应了" });
    expect((await get("mei", `/interactions/${row.id}`)).text).not.toContain('/completion"');
    await post("nobody", `/interactions/${row.id}/completion/removal`);
    expect(await now(row.id)).toMatchObject({ status: "open", next_at: "2026-10-31" });
    expect((await get("mei", `/interactions/${row.id}`)).text).toMatch(/<p>答应了<\/p>/);
    await post("mei", `/interactions/${row.id}/completion`);
    await post("mei", `/interactions/${row.id}/edit`, { ...said, next_at: "2026-11-12" });
    await post("mei", `/interactions/${row.id}/completion`, { outcome: "报价已发" });
    expect(await now(row.id)).toMatchObject({ status: "done", outcome: "答应了\n报价已发", next_at: "2026-11-12" });
    const long = await post("mei", `/interactions/${row.id}/edit`, { ...said, next_at: "2026-11-13", outcome: "" });
    expect(long.status).toBe(303);
    const refused = await post("mei", `/interactions/${row.id}/completion`, { outcome: "长".repeat(20_001) });
    expect([refused.status, refused.text.includes("内容太长，请缩短。")]).toEqual([422, true]);
    expect(await now(row.id)).toMatchObject({ status: "open" });
  });
});

describe("all that was said with a customer", () => {
  test("is listed by channel, newest first, and goes on where it ended", async () => {
    await customerBy(app, "mei", { name: "健谈", key: "talker" });
    for (let i = 10; i < 62; i++) await onCustomer(app, "mei", "talker").said(`第 ${i} 句`);
    await onCustomer(app, "mei", "talker").said("一封信", { channel: "email" });
    const all = await get("nobody", "/c/talker/interactions");
    expect([all.text.includes("一封信"), all.text.includes("第 13 句"), all.text.includes("第 12 句")]).toEqual([
      true,
      true,
      false,
    ]);
    const older = /rel="next" href="([^"]+)"/.exec(all.text)?.[1]?.replaceAll("&#x3D;", "=") ?? "";
    const rest = await get("nobody", older);
    expect([rest.text.includes("第 12 句"), rest.text.includes("第 13 句")]).toEqual([true, false]);
    const mail = await get("nobody", "/c/talker/interactions?channel=email");
    expect([mail.text.includes("一封信"), mail.text.includes("第 61 句")]).toEqual([true, false]);
    expect((await get("nobody", "/c/talker/interactions?channel=weibo")).text).toContain("这个渠道还没有跟进记录。");
  });
});
