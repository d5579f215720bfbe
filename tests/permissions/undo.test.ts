import { expect, test } from "vitest";
import { customerBy } from "../customers/company.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { baseIn, save, statusOf, type Who } from "./forms.ts";

/** Where the newest change of a screen is undone. */
const undoIn = async (app: TestApp, login: Who, path: string): Promise<string> => {
  const html = (await (await app.browser(login)).get(path)).text;
  return (/href="([^"]*\?undo&#x3D;[\w-]+)"/.exec(html)?.[1] ?? "").replace("&#x3D;", "=");
};

/** The fields that a shown form would send. */
const fieldsIn = (html: string): Record<string, string> => ({
  ...Object.fromEntries(
    [...html.matchAll(/<select class="level[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map(
      ([, name = "", options]) => [name, /value="(\w*)" selected/.exec(options ?? "")?.[1] ?? ""],
    ),
  ),
  ...(/name="restricted"[^>]* checked/.test(html) ? { restricted: "on" } : {}),
});

const undo = async (app: TestApp, login: Who, path: string) =>
  save(app, login, path, fieldsIn((await (await app.browser(login)).get(path)).text));

test("a change is undone from the history, after its effect was shown", async () => {
  const app = await testApp();
  const support = `department:${app.departments.support.id}`;
  await save(app, "lan", "/s/sales/permissions", { add: support, add_level: "view" });
  expect(await statusOf(app, "mei", "/s/sales")).toBe(200);
  const path = await undoIn(app, "lan", "/s/sales/permissions");
  const shown = (await (await app.browser("lan")).get(path)).text;
  expect(shown).toContain("尚未撤销");
  expect(shown).toMatch(/<strong>1 人<\/strong> 不再能看到「sales」/);
  expect(await statusOf(app, "mei", "/s/sales")).toBe(200);
  expect((await undo(app, "lan", path)).status).toBe(303);
  expect(await statusOf(app, "mei", "/s/sales")).toBe(404);
});

test("undoing what has changed since says so, and shows what it does now", async () => {
  const app = await testApp();
  const [support, finance] = [`department:${app.departments.support.id}`, `department:${app.departments.finance.id}`];
  await save(app, "lan", "/s/sales/permissions", { add: support, add_level: "view" });
  const path = await undoIn(app, "lan", "/s/sales/permissions");
  await save(app, "lan", "/s/sales/permissions", { add: finance, add_level: "view" });
  const shown = (await (await app.browser("lan")).get(path)).text;
  expect(shown).toContain("这次更改之后权限又变过");
  expect(shown).toMatch(/<strong>2 人<\/strong> 不再能看到「sales」/);
  await undo(app, "lan", path);
  expect([await statusOf(app, "mei", "/s/sales"), await statusOf(app, "fang", "/s/sales")]).toEqual([404, 404]);
});

test("what was shown and then changed by somebody else is not saved", async () => {
  const app = await testApp();
  const support = `department:${app.departments.support.id}`;
  await save(app, "lan", "/s/sales/permissions", { add: support, add_level: "view" });
  const lan = await app.browser("lan");
  const shown = (await lan.get(await undoIn(app, "lan", "/s/sales/permissions"))).text;
  const base = /name="base" value="([\w-]+)"/.exec(shown)?.[1] ?? "";
  await save(app, "root", "/s/sales/permissions", { everyone: "view" });
  expect((await lan.post("/s/sales/permissions", { ...fieldsIn(shown), base })).status).toBe(409);
  expect(await statusOf(app, "mei", "/s/sales")).toBe(200);
});

test("the restriction of a page is undone, and so is giving it up", async () => {
  const app = await testApp();
  const page = await write(app, "root", "handbook", { title: "Salaries" });
  const path = `/pages/${page.id}/permissions`;
  const finance = `department:${app.departments.finance.id}`;
  const isOpen = async () => (await statusOf(app, "nobody", `/p/${page.id}/salaries`)) === 200;
  await save(app, "root", path, { restricted: "on", add: finance, add_level: "view" });
  expect(await isOpen()).toBe(false);
  await undo(app, "root", await undoIn(app, "root", path));
  expect(await isOpen()).toBe(true);
  const given = await undoIn(app, "root", "/permissions/history");
  expect(given.startsWith(path)).toBe(true);
  await undo(app, "root", given);
  expect([await isOpen(), await statusOf(app, "fang", `/p/${page.id}/salaries`)]).toEqual([false, 200]);
});

test("so is opening a confidential customer", async () => {
  const app = await testApp();
  await customerBy(app, "mei", { name: "影子科技", key: "yz" });
  const finance = `department:${app.departments.finance.id}`;
  await save(app, "root", "/c/yz/permissions", { restricted: "on", add: finance, add_level: "view" });
  await save(app, "root", "/c/yz/permissions", { [finance]: "" });
  expect(await statusOf(app, "mei", "/c/yz")).toBe(200);
  await undo(app, "root", await undoIn(app, "root", "/permissions/history"));
  expect([await statusOf(app, "mei", "/c/yz"), await statusOf(app, "fang", "/c/yz")]).toEqual([404, 200]);
});

test("so is putting a customer into a group", async () => {
  const app = await testApp();
  const customer = await customerBy(app, "mei", { name: "影子科技", key: "yz" });
  const root = await app.browser("root");
  const made = await root.post("/permissions/customers", { name: "华东客户", department: "sales" });
  const inside = `${made.headers.location}/customers`;
  const shown = (await root.post(`${inside}/preview`, { customer: customer.id })).text;
  await root.post(inside, { customer: customer.id, base: baseIn(shown) });
  expect(await statusOf(app, "mei", "/c/yz")).toBe(404);
  const history = (await root.get("/permissions/history")).text;
  expect(history).toContain("放入了「影子科技」，原来在「全部客户」");
  expect((await (await app.browser("lan")).get("/permissions/history")).text).not.toContain("全部客户");
  const back = /href="([^"]*\?put&#x3D;[\w-]+)"/.exec(history)?.[1]?.replace("&#x3D;", "=") ?? "";
  const effect = (await root.get(back)).text;
  expect(effect).toMatch(/<strong>4 人<\/strong> 可编辑「全部客户」1 位客户/);
  expect(await statusOf(app, "mei", "/c/yz")).toBe(404);
  await root.post(back.split("?")[0] ?? "", { customer: customer.id, base: baseIn(effect) });
  expect(await statusOf(app, "mei", "/c/yz")).toBe(200);
});

test("a change of something else, or of what one does not manage, is no way back from here", async () => {
  const app = await testApp();
  const support = `department:${app.departments.support.id}`;
  await save(app, "lan", "/s/sales/permissions", { add: support, add_level: "view" });
  const id = (await undoIn(app, "lan", "/s/sales/permissions")).split("undo=")[1] ?? "";
  expect(id).not.toBe("");
  expect(await statusOf(app, "root", `/s/handbook/permissions?undo=${id}`)).toBe(404);
  expect(await statusOf(app, "fang", `/s/finance/permissions?undo=${id}`)).toBe(404);
  expect(await statusOf(app, "lan", "/s/sales/permissions?undo=nope")).toBe(404);
});
