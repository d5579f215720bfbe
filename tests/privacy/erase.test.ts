import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { LEVELS } from "../../src/access/levels.ts";
import { addContact } from "../../src/contacts/commands.ts";
import { recordConsent } from "../../src/contacts/consents/commands.ts";
import { changeCustomer } from "../../src/customers/commands.ts";
import { makeConfidential } from "../../src/customers/confidential.ts";
import { customerToEdit, customerToManage } from "../../src/customers/policy.ts";
import { getCustomer } from "../../src/customers/queries.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open.ts";
import type { Contact, Customer, Page } from "../../src/db/schema.ts";
import { findBreak } from "../../src/events/verify.ts";
import { findIndexBreak } from "../../src/search/verify.ts";
import { customerBy, onCustomer } from "../customers/company.ts";
import { revise, write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { castIn, type Login } from "../support/cast.ts";
import { openPostgres } from "../support/db.ts";

const NAME = "Quirin Zufall";
const REACH = { mobile: "138 7777 0148", email: "quirin@zufall.example", wechat: "quirinz88" };
/** As people write them in texts. */
const WRITTEN = [
  NAME,
  "138-7777-0148",
  "+86 13877770148",
  "quirin@zufall.example",
  "Quirin@Zufall.example",
  "quirinz88",
];
/** What must not be in any file afterwards, in lower case. */
const GREPPED = ["quirin", "zufall", "7777-0148", "7777 0148", "13877770148", "quirinz88"];
const TEXT = `Ask ${WRITTEN.join(", ")}. The rest stays.`;

const dataDir = mkdtempSync(join(tmpdir(), "zhike-erase-"));
const onPostgres = process.env.DB === "postgres";
let app: TestApp;
let contact: Contact;
let hidden: Page;
let open: Page;
const post = async (login: Login, path: string, fields: Record<string, string> = {}) =>
  (await app.browser(login)).post(path, fields);
const grep = (): string[] => {
  const files = readdirSync(dataDir).filter((file) => file.startsWith("zhike.db"));
  const bytes = files.map((file) => readFileSync(join(dataDir, file)).toString("latin1").toLowerCase());
  return GREPPED.filter((value) => bytes.some((text) => text.includes(value)));
};

/** Everybody sees the customer, sales may change it, and their manager manages it; she sees nothing of finance. */
const managedBySales = (customer: Customer) =>
  app.as("root", (tx) => {
    const { id } = app.departments.sales;
    const entries = { everyone: LEVELS.view, [`department:${id}`]: LEVELS.edit, [`managers:${id}`]: LEVELS.manage };
    return makeConfidential(tx, customerToManage(tx.viewer, customer), {
      restricted: true,
      entries: Object.entries(entries).map(([principal, level]) => ({ principal, kind: "grant", level })),
    });
  });

beforeAll(async () => {
  const db = onPostgres ? await openPostgres() : openDatabase({ dataDir });
  if (!onPostgres) await migrate(db);
  app = await testApp({ cast: await castIn(db) });
  await managedBySales(await customerBy(app, "root", { name: "华信仪器", key: "hx" }));
  contact = await app.as("qiang", async (tx) => {
    const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, "hx"));
    await changeCustomer(tx, customer, { note: TEXT, facts: { office: TEXT } });
    const made = await addContact(tx, customer, { name: NAME, ...REACH, note: TEXT });
    const draft = { channel: "phone", status: "withdrawn", source: TEXT } as const;
    await recordConsent(tx, customer, { contact: made, draft });
    return made;
  });
  await onCustomer(app, "qiang", "hx").said(TEXT, { contact_id: contact.id, outcome: TEXT });
  hidden = await write(app, "fang", "finance", {
    title: `Terms of ${NAME}`,
    body: TEXT,
    labels: [NAME],
    summary: TEXT,
  });
  open = await write(app, "mei", "handbook", { title: "Guide", body: `${TEXT}\n\n[[${NAME}|his page]]` });
  await revise(app, "mei", open.id, { body: "Nothing of it any more." });
  const qiang = await app.browser("qiang");
  await qiang.post("/c/hx/interactions/new", { words: TEXT, idempotency_key: "k1" });
  await post("mei", `/contacts/${contact.id}/looks`);
  await post("qiang", `/contacts/${contact.id}/export`);
});

describe("before anything is erased", () => {
  test("the files hold it all: what is looked for would be found", () => {
    if (!onPostgres) expect(grep()).toEqual(GREPPED);
  });

  test("it is said what would go, counting only what the viewer can see, and nothing is shown in full", async () => {
    const text = (await (await app.browser("lan")).get(`/contacts/${contact.id}/erasure`)).text;
    expect(text).toContain("138****0148");
    expect(text).not.toContain("7777");
    const counts = [...text.matchAll(/<dt>(?:跟进记录|页面|修订)<\/dt><dd>(\d+)<\/dd>/g)].map(([, count]) => count);
    expect(counts).toEqual(["2", "1", "1"]);
    expect(text).toContain("更早的备份里仍有这些数据");
  });

  test("those who do not manage the customer cannot, and a reason is needed", async () => {
    expect((await post("qiang", `/contacts/${contact.id}/erasure`, { reason: "x" })).status).toBe(403);
    const refused = await post("lan", `/contacts/${contact.id}/erasure`, { reason: "" });
    expect([refused.status, refused.text.includes("请填写这一项。")]).toEqual([422, true]);
  });
});

describe("erasing a contact", () => {
  beforeAll(async () => {
    const fields = { reason: "本人 11 月 3 日来信要求", with_name: "on" };
    const done = await post("lan", `/contacts/${contact.id}/erasure`, fields);
    expect([done.status, done.headers.location]).toEqual([303, `/contacts/${contact.id}`]);
  });

  test("leaves nothing in the files of the database, its log included", () => {
    if (!onPostgres) expect(grep()).toEqual([]);
  });

  test("leaves nothing in any table, hidden pages and old revisions included", async () => {
    for (const { name } of await app.db.introspection.getTables()) {
      const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(app.db);
      const text = JSON.stringify(rows).toLowerCase();
      expect([name, GREPPED.filter((value) => text.includes(value))]).toEqual([name, []]);
    }
  });

  test("puts a mark where the words were and leaves other words alone", async () => {
    const rows = await app.db.selectFrom("revisions").selectAll().where("page_id", "=", hidden.id).execute();
    expect(rows.map((row) => row.title)).toEqual(["Terms of [erased]"]);
    expect(rows[0]?.body).toBe(`Ask ${WRITTEN.map(() => "[erased]").join(", ")}. The rest stays.`);
    expect(JSON.parse(rows[0]?.labels ?? "")).toEqual(["[erased]"]);
    const page = await (await app.browser("fang")).get(`/p/${hidden.id}/x`);
    expect([page.status, page.text.includes("Ask [erased], [erased]")]).toEqual([200, true]);
    const old = await (await app.browser("mei")).get(`/pages/${open.id}/revisions/1`);
    expect([old.status, old.text.includes("The rest stays.")]).toEqual([200, true]);
  });

  test("keeps who did it, when and why, and the audit log holds together", async () => {
    const { text } = await (await app.browser("mei")).get(`/contacts/${contact.id}`);
    for (const part of ["[erased]", "删除人：lan", "本人 11 月 3 日来信要求"]) expect(text).toContain(part);
    const entry = await app.db.selectFrom("events").selectAll().where("kind", "=", "contact.erased").executeTakeFirst();
    expect(entry).toMatchObject({ actor_id: (await app.viewer("lan")).id, subject_id: contact.id });
    expect(await findBreak(app.db)).toBeUndefined();
    await expect(sql`delete from erasures`.execute(app.db)).rejects.toThrow("only grows");
    await expect(sql`update erasures set reason = ''`.execute(app.db)).rejects.toThrow("only grows");
  });

  test("leaves the index as it would be made anew", async () => {
    const by = { viewer: await app.as("system", async (tx) => tx.viewer), clock: app.clock };
    expect(await findIndexBreak(app.db, by)).toBeUndefined();
    const found = await (await app.browser("root")).get("/search?q=Quirin");
    expect(found.text).not.toContain(`/contacts/${contact.id}`);
  });

  test("forgets the answers kept for retries, and does nothing twice", async () => {
    const again = await post("qiang", "/c/hx/interactions/new", { words: TEXT, idempotency_key: "k1" });
    expect([303, 409]).toContain(again.status);
  });

  test("is final: the contact can be changed, exported and erased no more", async () => {
    for (const path of ["edit", "export", "erasure"])
      expect((await (await app.browser("lan")).get(`/contacts/${contact.id}/${path}`)).status).toBe(404);
  });
});
