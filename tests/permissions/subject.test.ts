import { expect, test } from "vitest";
import type { Page } from "../../src/db/schema.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";

type Who = Parameters<TestApp["browser"]>[0];

const bare = (html: string) => html.replace(/nonce="[^"]*"|value="[\w-]{24}"/g, "").replaceAll("nope", "finance");
const baseIn = (html: string): string => /name="base" value="([\w-]+)"/.exec(html)?.[1] ?? "";
const seesPage = async (app: TestApp, login: Who, page: Page) => {
  const read = await app.read(login);
  return (await read.selectFrom("visible_pages").select("id").where("id", "=", page.id).execute()).length > 0;
};

/** Saves the form of a screen as it would be sent after one look at it. */
async function save(app: TestApp, login: Who, path: string, fields: Record<string, string>) {
  const someone = await app.browser(login);
  return someone.post(path, { base: baseIn((await someone.get(path)).text), ...fields });
}

test("the permissions of what is hidden are those of what is missing; of what one only sees they are closed", async () => {
  const app = await testApp();
  const page = await write(app, "root", "finance", { title: "Budget" });
  const [qiang, mei] = [await app.browser("qiang"), await app.browser("mei")];
  for (const [hidden, missing] of [
    ["/s/finance/permissions", "/s/nope/permissions"],
    [`/pages/${page.id}/permissions`, "/pages/nope/permissions"],
  ] as const) {
    const neutral = (html: string) => bare(html).replaceAll(page.id, "finance");
    const [a, b] = [await qiang.get(hidden), await qiang.get(missing)];
    expect([a.status, b.status]).toEqual([404, 404]);
    expect(neutral(a.text)).toBe(neutral(b.text));
    for (const end of ["", "/preview"])
      expect([(await qiang.post(hidden + end)).status, (await qiang.post(missing + end)).status]).toEqual([404, 404]);
  }
  expect((await mei.get("/s/handbook/permissions")).status).toBe(403);
  expect((await mei.post("/s/handbook/permissions", { everyone: "edit" })).status).toBe(403);
  expect((await mei.post("/s/handbook/permissions/preview", { everyone: "edit" })).status).toBe(403);
});

test("a manager adds a department, managers and a person; all see the space at once", async () => {
  const app = await testApp();
  const { support, finance } = app.departments;
  const add = (fields: Record<string, string>) => save(app, "lan", "/s/sales/permissions", fields);
  expect((await add({ add: `department:${support.id}`, add_level: "comment" })).headers.location).toBe(
    "/s/sales/permissions",
  );
  expect((await add({ add: `managers:${finance.id}`, add_level: "view" })).status).toBe(303);
  expect((await add({ add_login: "nobody", add_level: "edit" })).status).toBe(303);
  const levels = await Promise.all(
    (["mei", "fang", "nobody", "guest"] as const).map(async (who) =>
      (await app.viewer(who)).levels.get(app.spaces.sales.scope_id),
    ),
  );
  expect(levels).toEqual([2, 1, 3, undefined]);
  const shown = (await (await app.browser("lan")).get("/s/sales/permissions")).text;
  for (const name of ["support", "finance 的部门主管", "nobody"]) expect(shown).toContain(name);
});

test("a login that nobody has comes back with what was typed", async () => {
  const app = await testApp();
  const lan = await app.browser("lan");
  const sales = `department:${app.departments.sales.id}`;
  const refused = await lan.post("/s/sales/permissions/preview", {
    [sales]: "comment",
    add_login: "nope",
    add_level: "edit",
  });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("没有这个登录名");
  expect(refused.text).toContain('value="nope"');
  expect(refused.text).toMatch(new RegExp(`name="${sales}".*value="comment" selected`));
});

test("a block that would shut out the last manager is refused in words, and nothing changes", async () => {
  const app = await testApp();
  const refused = await save(app, "lan", "/s/sales/permissions", { everyone: "block" });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("不能禁止所属部门的最后一位主管");
  expect((await app.viewer("qiang")).levels.get(app.spaces.sales.scope_id)).toBe(3);
});

test("a preview of a page's restriction counts who loses it and changes nothing; saving shuts it", async () => {
  const app = await testApp();
  const page = await write(app, "root", "handbook", { title: "Salaries" });
  await write(app, "root", page.id, { title: "Bonus" });
  const path = `/pages/${page.id}/permissions`;
  const root = await app.browser("root");
  const fields = { restricted: "on", add: `department:${app.departments.finance.id}`, add_level: "view" };
  const shown = await root.post(`${path}/preview`, fields);
  expect(shown.text).toMatch(/<strong>4 人<\/strong> 不再能看到「Salaries」2 页/);
  expect(await seesPage(app, "nobody", page)).toBe(true);
  expect((await root.post(path, { ...fields, base: baseIn(shown.text) })).headers.location).toBe(path);
  expect([await seesPage(app, "nobody", page), await seesPage(app, "fang", page)]).toEqual([false, true]);
  expect((await root.get("/permissions/pages")).text).toContain("Salaries");
});

test("a page without anything of its own inherits again", async () => {
  const app = await testApp();
  const page = await write(app, "root", "handbook", { title: "Salaries" });
  const path = `/pages/${page.id}/permissions`;
  const finance = `department:${app.departments.finance.id}`;
  await save(app, "root", path, { restricted: "on", add: finance, add_level: "view" });
  expect(await seesPage(app, "nobody", page)).toBe(false);
  const opened = await save(app, "root", path, { [finance]: "" });
  expect(opened.headers.location).toBe(path);
  expect(await seesPage(app, "nobody", page)).toBe(true);
  const root = await app.browser("root");
  expect((await root.get("/permissions/pages")).text).not.toContain("Salaries");
  expect((await root.get("/permissions/history")).text).toContain("页面恢复继承上级权限");
});

test("an explicit none on a page takes away what the space gives", async () => {
  const app = await testApp();
  const page = await write(app, "root", "handbook", { title: "Salaries" });
  await save(app, "root", `/pages/${page.id}/permissions`, { everyone: "none" });
  expect([await seesPage(app, "nobody", page), await seesPage(app, "mei", page)]).toEqual([false, true]);
});

test("who would lose the page themselves is warned, and led to where they may still be", async () => {
  const app = await testApp();
  const mei = await app.viewer("mei");
  await save(app, "root", "/s/handbook/permissions", { add_login: "mei", add_level: "manage" });
  const base = baseIn((await (await app.browser("mei")).get("/s/handbook/permissions")).text);
  const browser = await app.browser("mei");
  const shown = await browser.post("/s/handbook/permissions/preview", { [`person:${mei.id}`]: "view" });
  expect(shown.text).toContain("您自己也会失去权限");
  const saved = await browser.post("/s/handbook/permissions", { base, [`person:${mei.id}`]: "view" });
  expect(saved.headers.location).toBe("/s/handbook");
});

test("only who manages a page or space finds the way to its permissions", async () => {
  const app = await testApp();
  const page = await write(app, "root", "handbook", { title: "Salaries" });
  const links = async (login: Who) => {
    const someone = await app.browser(login);
    const [shown, space] = [(await someone.get(`/p/${page.id}/x`)).text, (await someone.get("/s/handbook")).text];
    return [shown.includes(`/pages/${page.id}/permissions`), space.includes("/s/handbook/permissions")];
  };
  expect(await links("nobody")).toEqual([false, false]);
  expect(await links("mei")).toEqual([false, false]);
  expect(await links("root")).toEqual([true, true]);
});
