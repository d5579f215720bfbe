import { expect, test } from "vitest";
import { allow } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
import { setSpaceEntries } from "../../src/permissions/commands.ts";
import { listSight } from "../../src/permissions/sight.ts";
import { customerBy, hideInSales } from "../customers/company.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { save, statusOf, type Who } from "./forms.ts";

const sightOf = async (app: TestApp, login: Who, whom: Who) =>
  listSight(await app.read(login), await app.viewer(login), await app.viewer(whom));

test("who manages nothing may not ask; people who do not exist are missing", async () => {
  const app = await testApp();
  for (const login of ["guest", "nobody", "mei"] as const)
    for (const path of ["/permissions/people/qiang", "/permissions/departments/sales"])
      expect(await statusOf(app, login, path), `${login} ${path}`).toBe(404);
  for (const path of ["/permissions/people/nope", "/permissions/departments/nope"])
    expect(await statusOf(app, "lan", path)).toBe(404);
  expect(await statusOf(app, "lan", "/permissions/people/qiang")).toBe(200);
});

test("a manager reads what their people see, with levels and reasons", async () => {
  const app = await testApp();
  await write(app, "lan", "sales", { title: "One" });
  const html = (await (await app.browser("lan")).get("/permissions/people/qiang")).text;
  expect(html).toMatch(/href="\/s\/sales">sales<\/a> <small class="faint">1 个页面<\/small>.*可编辑.*因为“sales”/);
  expect(html).toMatch(/href="\/s\/handbook">handbook.*可阅读.*不由您管理/);
  expect(html).toContain("全部客户");
  expect(html).toContain("/permissions/people/qiang/view-as");
});

test("nothing is said of what the manager does not see, nor of people of others beyond what they manage", async () => {
  const app = await testApp();
  await (await app.browser("root")).post("/departments/finance/members", { login: "qiang" });
  expect((await sightOf(app, "lan", "qiang")).spaces.map(({ thing }) => thing.key)).not.toContain("finance");
  const ofMei = await sightOf(app, "lan", "mei");
  expect(ofMei.spaces.map(({ thing, level }) => [thing.key, level])).toEqual([["sales", 0]]);
  expect([ofMei.groups, ofMei.pages]).toEqual([[], []]);
  const html = (await (await app.browser("lan")).get("/permissions/people/mei")).text;
  expect(html.split("<main")[1]).not.toContain("handbook");
  expect(html).not.toContain("view-as");
});

test("a level above the manager's own is told as theirs", async () => {
  const app = await testApp();
  await save(app, "root", "/s/handbook/permissions", { add_login: "qiang", add_level: "edit" });
  const handbook = async (login: Who) =>
    (await sightOf(app, login, "qiang")).spaces.find(({ thing }) => thing.key === "handbook")?.level;
  expect([await handbook("root"), await handbook("lan")]).toEqual([LEVELS.edit, LEVELS.view]);
});

test("counts are of what both see, restricted pages stand by themselves, and confidential customers too", async () => {
  const app = await testApp();
  await write(app, "root", "handbook", { title: "Plan" });
  const salaries = await write(app, "root", "handbook", { title: "Salaries" });
  await save(app, "root", `/pages/${salaries.id}/permissions`, {
    restricted: "on",
    add: `department:${app.departments.finance.id}`,
    add_level: "view",
  });
  await hideInSales(app, await customerBy(app, "mei", { name: "影子科技", key: "yz" }));
  const ofMei = await sightOf(app, "root", "mei");
  const handbook = ofMei.spaces.find(({ thing }) => thing.key === "handbook");
  expect([handbook?.level, handbook?.count]).toEqual([LEVELS.edit, 1]);
  expect(ofMei.pages.map(({ thing, level }) => [thing.id, level])).toEqual([[salaries.id, 0]]);
  expect(ofMei.confidential.map(({ thing, level }) => [thing.key, level])).toEqual([["yz", 0]]);
  expect((await sightOf(app, "root", "qiang")).confidential.map(({ level }) => level)).toEqual([LEVELS.edit]);
});

test("of a department it is what its ordinary member sees", async () => {
  const app = await testApp();
  const root = await app.browser("root");
  const html = (await root.get("/permissions/departments/finance")).text;
  expect(html).toMatch(/href="\/s\/finance">finance<\/a>.*可编辑.*因为“finance”/);
  expect(html).toMatch(/href="\/s\/sales">sales<\/a>.*class="level none"/);
});

test("a block is named as the reason", async () => {
  const app = await testApp();
  const qiang = await app.viewer("qiang");
  const entries = [{ principal: `person:${qiang.id}`, kind: "block" as const, level: 0 }];
  await app.as("lan", (tx) =>
    setSpaceEntries(tx, allow(tx.viewer, app.spaces.sales, "manage"), { entries, restricted: false }),
  );
  expect((await (await app.browser("lan")).get("/permissions/people/qiang")).text).toContain("被禁止：“qiang”");
});
