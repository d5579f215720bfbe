import { expect, test } from "vitest";
import { allow } from "../../src/access/grant.ts";
import { restrictPage } from "../../src/permissions/commands.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";

type Who = Parameters<TestApp["browser"]>[0];

const baseIn = (html: string): string => /name="base" value="([\w-]+)"/.exec(html)?.[1] ?? "";
const level = async (app: TestApp, login: Who, space: keyof TestApp["spaces"]) =>
  (await app.viewer(login)).levels.get(app.spaces[space].scope_id) ?? 0;

/** The cell of a department in a space, as the form names it. */
const cell = (app: TestApp, space: keyof TestApp["spaces"], department?: keyof TestApp["departments"]): string =>
  `${app.spaces[space].scope_id} ${department ? `department:${app.departments[department].id}` : "everyone"}`;

test("who manages nothing finds no permissions, and changes none", async () => {
  const app = await testApp();
  for (const login of ["guest", "nobody", "mei"] as const) {
    const someone = await app.browser(login);
    for (const path of ["/permissions", "/permissions/pages", "/permissions/history"])
      expect((await someone.get(path)).status, `${login} ${path}`).toBe(404);
    const fields = { department: "company", base: "", [cell(app, "handbook")]: "edit" };
    expect((await someone.post("/permissions", fields)).status).toBe(404);
    expect((await someone.post("/permissions/preview", fields)).status).toBe(404);
  }
  expect(await level(app, "nobody", "handbook")).toBe(1);
});

test("a manager sees the spaces they manage against all departments, and no others", async () => {
  const app = await testApp();
  const lan = (await (await app.browser("lan")).get("/permissions")).text;
  expect(lan).toContain(`name="${cell(app, "sales", "finance")}"`);
  for (const hidden of ["handbook", "finance"] as const) expect(lan).not.toContain(app.spaces[hidden].scope_id);
  expect((await (await app.browser("lan")).get("/permissions?department=finance")).status).toBe(404);
  const root = (await (await app.browser("root")).get("/permissions?department=finance")).text;
  expect(root).toContain(app.spaces.finance.scope_id);
});

test("what is inherited is dashed and says from where", async () => {
  const app = await testApp();
  const html = (await (await app.browser("lan")).get("/permissions")).text;
  const selects = new Map([...html.matchAll(/<select class="([^"]*)" name="([^"]*)"[^>]*>/g)].map((m) => [m[2], m]));
  expect(selects.get(cell(app, "sales", "sales"))?.[1]).toBe("level edit");
  expect(selects.get(cell(app, "sales", "east-sales"))?.[1]).toBe("level edit inherited");
  expect(selects.get(cell(app, "sales", "east-sales"))?.[0]).toContain("继承自 sales");
  expect(selects.get(cell(app, "sales", "support"))?.[1]).toBe("level none");
});

test("a preview says who gains and loses, in people and pages, and changes nothing", async () => {
  const app = await testApp();
  const lan = await app.browser("lan");
  await write(app, "lan", "sales", { title: "One" });
  await write(app, "lan", "sales", { title: "Two" });
  const fields = {
    department: "sales",
    base: "",
    [cell(app, "sales", "support")]: "view",
    [cell(app, "sales", "sales")]: "",
  };
  const shown = await lan.post("/permissions/preview", fields);
  expect(shown.status).toBe(200);
  expect(shown.text).toMatch(/<strong>1 人<\/strong> 可阅读「sales」2 页<\/summary><p class="faint">mei</);
  expect(shown.text).toMatch(/<strong>1 人<\/strong> 不再能看到「sales」2 页<\/summary><p class="faint">qiang</);
  expect(shown.text).toContain('<option value="view" selected>');
  expect([await level(app, "mei", "sales"), await level(app, "qiang", "sales")]).toEqual([0, 3]);
});

test("what is saved is what was shown, effective at once and kept in the history", async () => {
  const app = await testApp();
  const [lan, mei] = [await app.browser("lan"), await app.browser("mei")];
  expect((await mei.get("/spaces")).text).not.toContain("/s/sales");
  const base = baseIn((await lan.get("/permissions")).text);
  const saved = await lan.post("/permissions", {
    department: "sales",
    base,
    [cell(app, "sales", "support")]: "comment",
  });
  expect(saved.headers.location).toBe("/permissions?department=sales");
  expect(await level(app, "mei", "sales")).toBe(2);
  expect((await mei.get("/spaces")).text).toContain("/s/sales");
  expect((await lan.get("/permissions/history")).text).toContain("support：未设置 → 可评论");
});

test("a change made meanwhile is not overwritten: the effect is shown again on the newest state", async () => {
  const app = await testApp();
  const [lan, root] = [await app.browser("lan"), await app.browser("root")];
  const base = baseIn((await lan.get("/permissions")).text);
  const rootBase = baseIn((await root.get("/permissions?department=sales")).text);
  expect(
    (await root.post("/permissions", { department: "sales", base: rootBase, [cell(app, "sales")]: "view" })).status,
  ).toBe(303);
  const fields = { department: "sales", base, [cell(app, "sales", "support")]: "edit" };
  const stale = await lan.post("/permissions", fields);
  expect(stale.status).toBe(409);
  expect(stale.text).toContain("刚才有人更改了这里的权限");
  expect(stale.text).toMatch(/1 人<\/strong> 可编辑「sales」/);
  expect(await level(app, "mei", "sales")).toBe(1);
  expect((await lan.post("/permissions", { ...fields, base: baseIn(stale.text) })).status).toBe(303);
  expect([await level(app, "mei", "sales"), await level(app, "nobody", "sales")]).toEqual([3, 1]);
});

test("a cell of a space one does not manage, or of nothing at all, is refused", async () => {
  const app = await testApp();
  const lan = await app.browser("lan");
  const base = baseIn((await lan.get("/permissions")).text);
  const post = (name: string, choice: string) =>
    lan.post("/permissions", { department: "sales", base, [name]: choice });
  expect((await post(cell(app, "finance", "sales"), "view")).status).toBe(404);
  expect((await post(cell(app, "handbook", "sales"), "view")).status).toBe(404);
  expect((await post(`${app.spaces.sales.scope_id} department:nope`, "view")).status).toBe(404);
  expect((await post(cell(app, "sales", "support"), "own")).status).toBe(422);
  expect((await post("surprise", "view")).status).toBe(422);
  expect(await level(app, "qiang", "finance")).toBe(0);
});

test("a preview tells nothing of pages that the manager cannot see", async () => {
  const app = await testApp();
  const mei = await app.viewer("mei");
  await app.db
    .insertInto("scope_entries")
    .values({
      scope_id: app.spaces.sales.scope_id,
      principal: `person:${mei.id}`,
      kind: "grant",
      level: 4,
      created_at: app.clock.now(),
      created_by: null,
    })
    .execute();
  await app.db
    .updateTable("access_version")
    .set((eb) => ({ version: eb("version", "+", 1) }))
    .execute();
  await write(app, "lan", "sales", { title: "Open" });
  const secret = await write(app, "lan", "sales", { title: "Secret" });
  const shown = async () =>
    (
      await (
        await app.browser("mei")
      ).post("/permissions/preview", { department: "sales", base: "", [cell(app, "sales")]: "view" })
    ).text;
  const before = await shown();
  expect(before).toMatch(/可阅读「sales」2 页/);
  await app.as("lan", (tx) => restrictPage(tx, allow(tx.viewer, secret, "manage"), { entries: [], restricted: true }));
  const after = await shown();
  expect(after).toMatch(/可阅读「sales」1 页/);
  expect(after).not.toContain("受限内容");
});
