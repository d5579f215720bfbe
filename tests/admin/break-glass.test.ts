import supertest from "supertest";
import { expect, test } from "vitest";
import { allow } from "../../src/access/grant.ts";
import { CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import { makeConfidential } from "../../src/customers/confidential.ts";
import { findBreak } from "../../src/events/verify.ts";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { placeToFill } from "../../src/pages/policy.ts";
import { getSpace } from "../../src/spaces/queries.ts";
import { type Browser, type TestApp, testApp } from "../support/app.ts";
import { PASSWORD } from "../support/cast.ts";

const REASON = "A customer is in danger and nobody of finance can be reached.";
const MINUTE = 60_000;

/** The company with a page in the restricted space of finance; root administers, but is no manager of finance any more. */
async function world(): Promise<TestApp & { url: string; id: string }> {
  const app = await testApp();
  const drafted = { title: "Salaries 2026", body: "secret-word", customers: [], products: [], labels: [], summary: "" };
  const draft = await renderDraft(drafted);
  const { id } = await app.as("fang", async (tx) =>
    createPage(tx, placeToFill(tx.viewer, await getSpace(tx.read, "finance")), draft),
  );
  const root = await app.viewer("root");
  await app.as("system", async (tx) => {
    await tx.updateTable("people").set({ admin_at: tx.now }).where("login", "=", "lan").execute();
    await tx.deleteFrom("memberships").where("person_id", "=", root.id).execute();
    await tx.accessChanged();
  });
  return { ...app, id, url: `/p/${id}` };
}

const breakIt = (browser: Browser, password = PASSWORD, reason = REASON) =>
  browser.post("/admin/break-glass", { reason, password });
const entries = async ({ db }: TestApp, kind: string) =>
  db.selectFrom("events").selectAll().where("kind", "=", kind).orderBy("seq").execute();

test("an administrator sees no content by role, and everything with a reason and the password", async () => {
  const app = await world();
  const root = await app.browser("root");
  expect((await root.get(app.url)).status).toBe(404);
  expect((await breakIt(root, "wrong password")).status).toBe(422);
  expect((await breakIt(root, PASSWORD, "too short")).status).toBe(422);
  expect((await root.get(app.url)).status).toBe(404);
  expect((await breakIt(root)).headers.location).toBe("/");
  const page = await root.get(app.url).redirects(1);
  expect(page.status).toBe(200);
  expect(page.text).toContain("secret-word");
  expect((await root.get("/s/finance")).status).toBe(200);
  expect((await root.get("/search?q=secret-word")).text).toContain("Salaries");
});

test("every page says that the glass is broken, for how long, and how to end it", async () => {
  const app = await world();
  const root = await app.browser("root");
  expect((await root.get("/")).text).not.toContain("/admin/break-glass/end");
  await breakIt(root);
  for (const path of ["/", "/s/finance", "/admin", "/people", "/nowhere"]) {
    const { text } = await root.get(path);
    expect(text, path).toContain('action="/admin/break-glass/end"');
    expect(text, path).toContain("还剩 60 分钟");
  }
  app.clock.advance(50 * MINUTE);
  expect((await root.get("/")).text).toContain("还剩 10 分钟");
});

test("it only looks: every change is refused in words, and changes nothing", async () => {
  const app = await world();
  const root = await app.browser("root");
  await breakIt(root);
  const before = (await entries(app, "page.created")).length;
  for (const path of [`/pages/${app.id}/trash`, "/s/finance/archive", "/admin/people/mei/disable", "/preferences"]) {
    const answer = await root.post(path, { title: "x", body: "y" });
    expect([answer.status, answer.text.includes("紧急查看时不能修改")], path).toEqual([403, true]);
  }
  expect((await root.get(`/pages/${app.id}/edit`)).status).toBe(403);
  expect((await entries(app, "page.created")).length).toBe(before);
  expect(await entries(app, "person.disabled")).toEqual([]);
});

test("a confidential customer is seen and recorded by its id, over the API too, where changes are refused as well", async () => {
  const app = await world();
  const root = await app.browser("root");
  const { id } = await app.as("system", async (tx) => {
    const scope = allow(tx.viewer, { scope_id: CUSTOMERS_SCOPE }, "edit");
    const made = await createCustomer(tx, scope, { key: "hx", name: "华信" });
    return makeConfidential(tx, allow(tx.viewer, made, "manage"), { entries: [], restricted: true });
  });
  expect((await root.get("/c/hx")).status).toBe(404);
  await breakIt(root);
  expect((await root.get("/c/hx")).status).toBe(200);
  expect((await root.get("/api/v1/customers/hx")).status).toBe(200);
  expect((await root.get("/api/v1/customers/missing")).status).toBe(404);
  const seen = (await entries(app, "break_glass.opened")).map((entry) => [entry.subject_kind, entry.subject_id]);
  expect(seen).toEqual([
    ["customer", id],
    ["customer", id],
  ]);
  const changed = await supertest(app.app)
    .put("/api/v1/customers/hx")
    .set("Cookie", root.cookie)
    .set("X-CSRF-Token", root.csrf)
    .send({ name: "Other" });
  expect([changed.status, changed.body.error.code]).toEqual([403, "break_glass"]);
});

test("it ends by the button, after an hour, at logout, and was never there in another session", async () => {
  const app = await world();
  const sees = async (browser: Browser) => (await browser.get(app.url)).status !== 404;
  const [root, other, mei] = [await app.browser("root"), await app.browser("root"), await app.browser("mei")];
  await breakIt(root);
  expect([await sees(root), await sees(other), await sees(mei)]).toEqual([true, false, false]);
  expect((await root.post("/admin/break-glass/end")).status).toBe(303);
  expect(await sees(root)).toBe(false);
  await breakIt(root);
  app.clock.advance(59 * MINUTE);
  expect(await sees(root)).toBe(true);
  app.clock.advance(MINUTE);
  expect(await sees(root)).toBe(false);
  await breakIt(root);
  expect((await root.post("/logout")).status).toBe(303);
  expect((await root.get(app.url)).status).toBe(303);
  expect(await sees(await app.browser("root"))).toBe(false);
});

test("it ends at once when its administrator is none any more", async () => {
  const app = await world();
  const root = await app.browser("root");
  await breakIt(root);
  const fields = { name: "Root", email: "", title: "" };
  expect((await (await app.browser("lan")).post("/admin/people/root", fields)).status).toBe(303);
  expect((await root.get(app.url)).status).toBe(404);
});

test("everything opened is in the log with its kind and id, and no title", async () => {
  const app = await world();
  const root = await app.browser("root");
  await root.get("/s/sales");
  await breakIt(root);
  await root.get(`${app.url}/salaries-2026`);
  await root.get(`/pages/${app.id}/revisions`);
  await root.get("/s/finance");
  await root.get("/search?q=secret-word");
  await root.get("/p/AAAAAAAAAAAAAAAA");
  await root.post("/admin/break-glass/end");
  await root.get("/s/sales");
  const opened = await entries(app, "break_glass.opened");
  expect(opened.map((entry) => [entry.subject_kind, entry.subject_id])).toEqual([
    ["page", app.id],
    ["page", app.id],
    ["space", app.spaces.finance.id],
    ["screen", "/search"],
  ]);
  expect(JSON.stringify(opened)).not.toMatch(/salaries|secret/i);
  expect((await entries(app, "break_glass.started"))[0]?.payload).toContain(REASON);
  expect((await entries(app, "break_glass.ended")).length).toBe(1);
  expect(await findBreak(app.db)).toBeUndefined();
});

test("the managers are told at once, see what was opened of theirs, and put it away; nobody else notices anything", async () => {
  const app = await world();
  const [root, fang, lan, mei] = [
    await app.browser("root"),
    await app.browser("fang"),
    await app.browser("lan"),
    await app.browser("mei"),
  ];
  const before = (await mei.get("/")).text;
  await breakIt(root);
  await root.get(app.url).redirects(1);
  const told = (await fang.get("/")).text;
  expect(told).toContain(REASON);
  const notice = /href="(\/notices\/[\w-]+)"/.exec(told)?.[1] ?? "";
  expect((await fang.get(notice)).text).toContain("Salaries 2026");
  const others = await lan.get(notice);
  expect([others.status, others.text.includes("Salaries")]).toEqual([200, false]);
  expect((await mei.get(notice)).status).toBe(404);
  expect((await mei.post(`${notice}/seen`)).status).toBe(404);
  const bare = (html: string) => html.replace(/nonce="[^"]*"|<time[^>]*>[^<]*<\/time>/g, "");
  expect(bare((await mei.get("/")).text)).toBe(bare(before));
  expect((await fang.post(`${notice}/seen`)).status).toBe(303);
  expect((await fang.get("/")).text).not.toContain(REASON);
  expect((await lan.get("/")).text).toContain(REASON);
});

test("only administrators can break the glass", async () => {
  const app = await world();
  for (const login of ["fang", "mei", "guest"] as const) {
    const someone = await app.browser(login);
    expect((await someone.get("/admin/break-glass")).status).toBe(404);
    expect((await breakIt(someone)).status).toBe(404);
  }
});
