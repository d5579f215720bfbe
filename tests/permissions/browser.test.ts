import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessProblems, complaintsOf, enter, type Look, overflowOf } from "../browser/site.ts";
import { openWorld, type World } from "../browser/world.ts";

let world: World;
const pages: Page[] = [];

beforeAll(async () => {
  world = await openWorld();
}, 180_000);
afterAll(() => world?.close());

/** A browser of han.bing, who manages the company. */
const open = async (path: string, look: Partial<Look> = {}): Promise<Page> => {
  const context = await enter(world.browser, world.site, { width: 1280, ...look }, await world.session("han.bing"));
  const page = await context.newPage();
  pages.push(page);
  await page.goto(path);
  return page;
};

const entries = async (): Promise<number> => (await world.db.selectFrom("scope_entries").selectAll().execute()).length;
const cells = "table.matrix select.level";

test("one click under the mouse sets a level, shows who gains, and saves nothing before it is confirmed", async () => {
  const [before, page] = [await entries(), await open("/permissions")];
  const cell = page.locator("table.matrix td", { has: page.locator("select.level.none") }).first();
  const name = await cell.locator("select").getAttribute("name");
  await cell.hover();
  await cell.locator(".palette .edit").click();
  expect(await page.locator(`select[name="${name}"]`).inputValue()).toBe("edit");
  await page.locator("#effect .outcome").first().waitFor();
  expect(await page.locator("#effect").innerText()).toMatch(/\d+ 人/);
  expect(await entries()).toBe(before);
  await page.locator("#effect button.primary").click();
  await page.getByText("权限已更改").waitFor();
  expect(await entries()).toBe(before + 1);
});

test("the arrow keys move from cell to cell, digits and letters set levels, and the edge holds", async () => {
  const page = await open("/permissions");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("name") ?? "");
  const values = () =>
    page.evaluate(() => (document.activeElement instanceof HTMLSelectElement ? document.activeElement.value : "?"));
  const names = await page.locator(cells).evaluateAll((all) => all.map((one) => one.getAttribute("name")));
  const columns = await page.locator("table.matrix thead th a").count();
  await page.locator(cells).first().focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  expect(await focused()).toBe(names[0]);
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe(names[columns]);
  await page.keyboard.press("3");
  expect(await values()).toBe("edit");
  await page.keyboard.press("v");
  expect(await values()).toBe("view");
  await page.keyboard.press("ArrowUp");
  expect(await focused()).toBe(names[0]);
  await page.keyboard.press("4");
  await page.keyboard.press("Backspace");
  expect(await values()).toBe("");
});

test("without JavaScript the same is a form: choose, preview, save", async () => {
  const [before, page] = [await entries(), await open("/permissions", { script: false })];
  expect(await page.locator(".palette").count()).toBe(0);
  await page.locator("select.level.inherited, select.level.none").first().selectOption("manage");
  await page.getByRole("button", { name: "预览变化" }).click();
  expect(await page.locator("#effect").innerText()).toMatch(/\d+ 人/);
  expect(await entries()).toBe(before);
  await page.locator("#effect button.primary").click();
  expect(await entries()).toBe(before + 1);
});

test.each([true, false])("a manager looks as a colleague and comes back, JavaScript: %s", async (script) => {
  const page = await open("/people/wang.qiang", { script });
  await page.getByRole("link", { name: "能看到什么" }).click();
  await page.getByRole("button", { name: /以 .* 的身份查看/ }).click();
  await page.getByText("您正以").waitFor();
  if (script) expect(await accessProblems(page)).toEqual([]);
  await page.goto("/customers");
  await page.getByRole("button", { name: "恢复我的身份" }).click();
  await page.getByText("您已恢复自己的身份").waitFor();
  expect(await page.getByText("您正以").count()).toBe(0);
});

const confidential = async (): Promise<string> => {
  const row = await world.db
    .selectFrom("customers")
    .select("key")
    .where("scope_id", "like", "customer-%")
    .orderBy("key")
    .executeTakeFirstOrThrow();
  return `/c/${row.key}/permissions`;
};

const SCREENS: [string, () => Promise<string>][] = [
  ["matrix", async () => "/permissions"],
  ["groups", async () => "/permissions/customers"],
  ["group", async () => "/permissions/customers/customers"],
  ["customers of a group", async () => "/permissions/customers/customers/customers"],
  ["who can see a group", async () => "/permissions/customers/customers/people"],
  ["confidential customer", confidential],
  ["who can see a confidential customer", async () => `${await confidential()}/people`],
  ["what a person can see", async () => "/permissions/people/wang.qiang"],
  ["what a department can see", async () => "/permissions/departments/sales"],
  ["history", async () => "/permissions/history"],
];

const LOOKS: Look[] = [
  { width: 1280, theme: "light", locale: "zh-CN" },
  { width: 390, theme: "dark", locale: "en" },
];

describe.each(LOOKS)("$width px, $theme, $locale", (look) => {
  test.each(SCREENS)("%s is accessible, quiet and fits", async (_, pathOf) => {
    const page = await open("/", look);
    const complaints = complaintsOf(page);
    await page.goto(await pathOf());
    expect(await page.locator("h1").count()).toBe(1);
    expect([...(await accessProblems(page)), ...complaints]).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.close();
  });
});

test("on a phone the banner covers nothing of a refusal", async () => {
  const page = await open("/permissions/departments/sales", { width: 390, locale: "en" });
  await page.locator('form[action$="view-as"] button').click();
  await page.goto("/settings");
  await page.evaluate(() => document.querySelector<HTMLFormElement>('form[action="/preferences"]')?.submit());
  await page.getByText("Nothing was changed").waitFor();
  const [banner, title] = [await page.locator(".viewing").boundingBox(), await page.locator("h1").boundingBox()];
  expect((banner?.y ?? 0) + (banner?.height ?? 0)).toBeLessThanOrEqual(title?.y ?? 0);
  expect(await accessProblems(page)).toEqual([]);
});
