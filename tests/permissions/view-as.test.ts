import supertest from "supertest";
import { expect, test } from "vitest";
import type { Page } from "../../src/db/schema.ts";
import { customerBy, hideInSales } from "../customers/company.ts";
import { write } from "../pages/writing.ts";
import { type Browser, type TestApp, testApp } from "../support/app.ts";

type Who = Parameters<TestApp["browser"]>[0];

const viewAs = async (app: TestApp, login: Who, whom: string): Promise<Browser> => {
  const browser = await app.browser(login);
  expect((await browser.post(`/permissions/${whom}/view-as`)).status).toBe(303);
  return browser;
};

const statusOf = async (browser: Browser, path: string): Promise<number> => (await browser.get(path)).status;

test("who manages nothing finds no way to view as anybody; managers only as their own people", async () => {
  const app = await testApp();
  const ask = async (login: Who, whom: string) =>
    (await (await app.browser(login)).post(`/permissions/${whom}/view-as`)).status;
  for (const login of ["guest", "nobody", "mei"] as const) {
    expect(await ask(login, "people/qiang")).toBe(404);
    expect(await ask(login, "departments/sales")).toBe(404);
  }
  expect([await ask("lan", "people/mei"), await ask("lan", "departments/support")]).toEqual([403, 403]);
  expect([await ask("lan", "people/nope"), await ask("lan", "departments/nope")]).toEqual([404, 404]);
  expect([await ask("lan", "people/lan"), await ask("root", "people/root")]).toEqual([403, 403]);
  expect([await ask("lan", "people/qiang"), await ask("lan", "departments/east-sales")]).toEqual([303, 303]);
});

test("a manager sees what the person sees, and nothing else: page, tree, search, API, customers", async () => {
  const app = await testApp();
  const secret = await write(app, "root", "finance", { title: "Zebra budget" });
  const open = await write(app, "root", "handbook", { title: "Zebra care" });
  const customer = await customerBy(app, "mei", { name: "影子科技", key: "yz" });
  await hideInSales(app, customer);
  const root = await viewAs(app, "root", "people/mei");
  const seen = async (browser: Browser) => ({
    pages: [await statusOf(browser, `/p/${secret.id}/x`), await statusOf(browser, `/p/${open.id}/zebra-care`)],
    spaces: [await statusOf(browser, "/s/finance"), await statusOf(browser, "/s/handbook")],
    customer: [await statusOf(browser, "/c/yz"), await statusOf(browser, "/c/yz/index.json")],
    api: [await statusOf(browser, `/api/v1/pages/${secret.id}`), await statusOf(browser, `/api/v1/pages/${open.id}`)],
    found: (await browser.get("/api/v1/search?q=zebra")).body.total,
    tree: (await browser.get("/")).text.includes('href="/s/finance"'),
  });
  const asMei = await seen(root);
  expect(asMei).toEqual(await seen(await app.browser("mei")));
  expect(asMei).toEqual({
    pages: [404, 200],
    spaces: [404, 200],
    customer: [404, 404],
    api: [404, 200],
    found: 1,
    tree: false,
  });
});

test("it never shows more than one sees oneself", async () => {
  const app = await testApp();
  const { finance, "east-sales": east } = app.departments;
  await (await app.browser("root")).post("/departments/finance/members", { login: "qiang" });
  const budget = await write(app, "root", "finance", { title: "Budget" });
  expect(await statusOf(await app.browser("qiang"), `/p/${budget.id}/budget`)).toBe(200);
  const lan = await viewAs(app, "lan", "people/qiang");
  expect(await statusOf(lan, `/p/${budget.id}/budget`)).toBe(404);
  expect((await lan.get("/api/v1/me")).body.departments.map(({ key }: { key: string }) => key).sort()).toEqual(
    [finance.key, east.key].sort(),
  );
});

test("nothing can be changed, in words; ending it brings oneself back", async () => {
  const app = await testApp();
  const page = await write(app, "root", "handbook", { title: "Plan" });
  const root = await viewAs(app, "root", "people/mei");
  const refused = await root.post(`/pages/${page.id}`, { title: "Changed", body: "kept words", base: "1" });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("以他人身份查看时不能更改");
  expect(refused.text).toContain("kept words");
  expect((await root.post("/preferences", { locale: "en" })).status).toBe(403);
  expect((await root.post("/permissions/people/qiang/view-as")).status).toBe(403);
  const api = await supertest(app.app)
    .put(`/api/v1/pages/${page.id}`)
    .set({ Cookie: root.cookie, "X-CSRF-Token": root.csrf })
    .send({ base_revision: 1, title: "Changed" });
  expect([api.status, api.body.error.code]).toEqual([403, "read_only"]);
  expect((await root.get(`/api/v1/pages/${page.id}`)).body.title).toBe("Plan");
  expect((await root.post("/permissions/view-as/end")).headers.location).toBe("/");
  expect(await statusOf(root, "/s/finance")).toBe(200);
  const saved = await root.post(`/pages/${page.id}`, { title: "Changed", body: "x", base: "1" });
  expect(saved.status).toBe(303);
});

test("every page says as whom, with the way back; after that none does", async () => {
  const app = await testApp();
  const lan = await viewAs(app, "lan", "departments/east-sales");
  for (const path of ["/", "/s/sales", "/customers", "/people", "/search?q=x", "/nothing-here"]) {
    const html = (await lan.get(path)).text;
    expect(html, path).toContain("您正以 east-sales 的身份查看");
    expect(html, path).toContain('action="/permissions/view-as/end"');
  }
  await lan.post("/permissions/view-as/end");
  expect((await lan.get("/")).text).not.toContain("的身份查看");
});

test("it ends after an hour", async () => {
  const app = await testApp();
  const root = await viewAs(app, "root", "people/mei");
  app.clock.advance(59 * 60_000);
  expect(await statusOf(root, "/s/sales")).toBe(404);
  app.clock.advance(60_000);
  expect(await statusOf(root, "/s/sales")).toBe(200);
});

test("it ends at logout, and when the right to it is gone", async () => {
  const app = await testApp();
  const [out, right] = [await viewAs(app, "root", "people/mei"), await viewAs(app, "root", "people/mei")];
  expect(await statusOf(right, "/s/sales")).toBe(404);
  expect((await out.post("/logout")).headers.location).toBe("/login");
  expect(await app.db.selectFrom("view_as").selectAll().execute()).toHaveLength(1);
  await app.db
    .deleteFrom("memberships")
    .where("person_id", "=", (await app.viewer("mei")).id)
    .execute();
  await app.as("system", (tx) => tx.accessChanged());
  expect(await statusOf(right, "/s/sales")).toBe(200);
});

test("it concerns one browser alone, and is on record", async () => {
  const app = await testApp();
  await viewAs(app, "root", "people/mei").then((root) => root.post("/permissions/view-as/end"));
  await viewAs(app, "root", "departments/support");
  expect(await statusOf(await app.browser("root"), "/s/sales")).toBe(200);
  const events = await app.db
    .selectFrom("events")
    .select(["kind", "actor_id", "subject_kind", "subject_id"])
    .where("kind", "like", "view_as.%")
    .orderBy("at")
    .execute();
  const [root, mei] = [(await app.viewer("root")).id, (await app.viewer("mei")).id];
  const person = { actor_id: root, subject_kind: "person", subject_id: mei };
  expect(events).toEqual([
    { kind: "view_as.started", ...person },
    { kind: "view_as.ended", ...person },
    { kind: "view_as.started", ...person, subject_kind: "department", subject_id: app.departments.support.id },
  ]);
});

test("what is one person's own belongs to neither: no settings, no trash of theirs", async () => {
  const app = await testApp();
  const page: Page = await write(app, "mei", "handbook", { title: "Thrown away" });
  await (await app.browser("mei")).post(`/pages/${page.id}/trash`);
  await (await app.browser("mei")).post("/settings/tokens", { name: "Token of Mei", scope: "read", days: "30" });
  const root = await viewAs(app, "root", "people/mei");
  expect((await root.get("/settings")).text).not.toContain("Token of Mei");
  expect((await (await app.browser("mei")).get("/s/handbook/trash")).text).toContain("Thrown away");
  expect((await root.get("/s/handbook/trash")).text).not.toContain("Thrown away");
});
