import { beforeAll, expect, test } from "vitest";
import { addContact } from "../../src/contacts/commands.ts";
import { customerToEdit } from "../../src/customers/policy.ts";
import { getCustomer } from "../../src/customers/queries.ts";
import type { Contact } from "../../src/db/schema.ts";
import { customerBy, onCustomer } from "../customers/company.ts";
import { letOthersOnlyRead } from "../customers/read-only.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";

let app: TestApp;
let zhang: Contact;
const FORMULAS = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx"];
const exportAs = async (login: Login, format = "json") =>
  (await app.browser(login)).post(`/contacts/${zhang.id}/export`, { format });

beforeAll(async () => {
  app = await testApp();
  await letOthersOnlyRead(app, await customerBy(app, "root", { name: "华信仪器", key: "hx" }));
  zhang = await app.as("qiang", async (tx) =>
    addContact(tx, customerToEdit(tx.viewer, await getCustomer(tx.read, "hx")), {
      ...{ name: "张伟", mobile: "138 0000 0148", title: FORMULAS[0] ?? "" },
      ...{ role: FORMULAS[1] ?? "", wechat: FORMULAS[3] ?? "", note: '他说"好", 明天' },
    }),
  );
  await onCustomer(app, "qiang", "hx").said("约定周五", { contact_id: zhang.id });
  const guide = await write(app, "mei", "handbook", { title: "固件说明" });
  await onCustomer(app, "qiang", "hx").linked(guide.id, "told", zhang);
  const offer = await write(app, "lan", "sales", { title: "折扣底线" });
  await onCustomer(app, "root", "hx").linked(offer.id, "told", zhang);
});

test("holds all that is kept about the contact and that the viewer may see, and no more", async () => {
  const { status, headers, body } = await exportAs("root");
  expect([status, headers["content-disposition"]]).toEqual([200, `attachment; filename="contact-${zhang.id}.json"`]);
  expect(body.contact).toMatchObject({ name: "张伟", mobile: "138 0000 0148", customer: "hx" });
  expect(body.interactions).toMatchObject([{ words: "约定周五", person: "qiang" }]);
  expect(body.knowledge.map(({ page }: { page: string }) => page).sort()).toEqual(["固件说明", "折扣底线"]);
  const sales = (await exportAs("qiang")).body;
  expect(sales.looks).toEqual([]);
  expect((await exportAs("root")).body.looks.length).toBeGreaterThan(0);
});

test("needs the right to change the customer", async () => {
  expect((await exportAs("nobody")).status).toBe(403);
  expect((await exportAs("qiang")).status).toBe(200);
});

test("is kept as a look that the manager sees", async () => {
  await exportAs("qiang");
  const { text } = await (await app.browser("root")).get("/c/hx/looks");
  expect(text).toMatch(/qiang[\s\S]*?张伟[\s\S]*?导出/);
});

test("as a table holds no formula, and what is in quotes stays whole", async () => {
  const { text, headers } = await exportAs("qiang", "csv");
  expect(headers["content-type"]).toContain("text/csv");
  expect(text.split(/[\r\n,]/).filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
  for (const part of ["'=HYPERLINK(1)", "contact,1,role,'+1", '"他说""好"", 明天"']) expect(text).toContain(part);
});

test("sent twice with one key is kept nowhere: the second time there is nothing to read", async () => {
  const qiang = await app.browser("qiang");
  const fields = { format: "csv", idempotency_key: "once" };
  expect((await qiang.post(`/contacts/${zhang.id}/export`, fields)).status).toBe(200);
  expect((await qiang.post(`/contacts/${zhang.id}/export`, fields)).status).toBe(303);
  const kept = await app.db.selectFrom("idempotency_keys").select("reply").where("key", "=", "once").execute();
  expect(JSON.stringify(kept)).not.toContain("0148");
});
