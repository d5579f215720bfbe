import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessProblems, complaintsOf, enter, type Look, overflowOf } from "./site.ts";
import { openWorld, type World } from "./world.ts";

const PASSWORD = "demo-zhike-2026";
const REASON = "A customer is in danger and nobody can be reached.";
const LOOKS: Look[] = [
  { width: 1280, theme: "light", locale: "zh-CN" },
  { width: 390, theme: "dark", locale: "en" },
];

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 180_000);
afterAll(() => world?.close());

const problemsOf = async (page: Page): Promise<string[]> => [
  ...(await accessProblems(page)),
  ...((await overflowOf(page)) > 0 ? [`${page.url()} is too wide`] : []),
];

describe.each(LOOKS)("$width px, $theme, $locale", (look) => {
  test("an administrator invites without a script, and the invited sets a password", async () => {
    const admin = await enter(world.browser, world.site, { ...look, script: false }, await world.session("han.bing"));
    const page = await admin.newPage();
    await page.goto("/admin/people/new");
    await page.fill("#field-login", `new.${look.width}`);
    await page.fill("#field-name", "New Colleague");
    await page.click("main button[type=submit]");
    const link = (await page.textContent("#link")) ?? "";
    expect(link).toMatch(/\/invite\/[\w-]{43}$/);
    const invited = await (await enter(world.browser, world.site, look)).newPage();
    await invited.goto(new URL(link).pathname);
    expect(await problemsOf(invited)).toEqual([]);
    await invited.fill("#field-password", "a password of my own");
    await invited.click("main button[type=submit]");
    await invited.waitForURL("/");
    await page.goto(new URL(link).pathname);
    expect(await page.locator("h1").count()).toBe(1);
    await admin.close();
  });

  test("break-glass access is announced on every page, told to managers, and ends by its button", async () => {
    const [admin, manager] = [await world.session("han.bing"), await world.session("zhou.min")];
    const page = await (await enter(world.browser, world.site, look, admin)).newPage();
    const complaints = complaintsOf(page);
    await page.goto("/admin/break-glass");
    await page.fill("#field-reason", REASON);
    await page.fill("#field-password", PASSWORD);
    await page.click("main button[type=submit]");
    await page.waitForURL("/");
    for (const path of ["/", "/search?q=X200", "/admin/break-glass", "/admin/audit"]) {
      await page.goto(path);
      expect(await page.locator(".viewing.glass").isVisible(), path).toBe(true);
      expect(await problemsOf(page)).toEqual([]);
    }
    const told = await (await enter(world.browser, world.site, look, manager)).newPage();
    await told.goto("/");
    expect(await told.textContent("section.notices")).toContain(REASON);
    expect(await problemsOf(told)).toEqual([]);
    await told.locator("section.notices a[href^='/notices/']").first().click();
    expect(await problemsOf(told)).toEqual([]);
    await page.click(".viewing.glass button");
    await page.waitForURL("/admin/break-glass");
    expect(await page.locator(".viewing.glass").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("what a merge does is shown before it is done, and who leaves is seen with all they hold", async () => {
    const page = await (await enter(world.browser, world.site, look, await world.session("han.bing"))).newPage();
    const complaints = complaintsOf(page);
    await page.goto("/admin/departments");
    const keys = await page.locator("main td code").allTextContents();
    await page.goto(`/admin/departments/${keys.at(-1)}/merge`);
    await page.selectOption("#field-into", { index: 1 });
    await page.click("main button[type=submit]");
    await page.waitForSelector(".effect");
    expect(await problemsOf(page)).toEqual([]);
    await page.goto("/admin/people/wang.qiang/leaving");
    expect(await page.locator("main section.card").count()).toBeGreaterThan(0);
    expect(await problemsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
