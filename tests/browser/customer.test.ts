import { randomBytes } from "node:crypto";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSession } from "../../src/http/session.ts";
import { busyCustomer } from "../customers/busy.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { launchBrowser } from "../support/browser.ts";
import type { Login } from "../support/cast.ts";
import { accessProblems, complaintsOf, enter, overflowOf, type Site, serve } from "./site.ts";

let app: TestApp;
let browser: Browser;
let site: Site;

beforeAll(async () => {
  app = await testApp();
  await busyCustomer(app);
  site = await serve(app.app);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const enterAs = async (login: Login, look = {}): Promise<BrowserContext> => {
  const deps = { db: app.db, now: app.clock.now, random: randomBytes };
  const { secret } = await startSession(deps, (await app.viewer(login)).id);
  return enter(browser, site, { width: 1280, ...look }, secret);
};
const open = async (login: Login = "mei", look = {}): Promise<Page> => {
  const page = await (await enterAs(login, look)).newPage();
  await page.goto("/c/hx");
  return page;
};
const titles = (page: Page): Promise<string[]> => page.locator("#world-hits .row-title > a").allTextContents();
const find = async (page: Page, text: string): Promise<string[]> => {
  await page.fill("#world-search", text);
  await page.waitForFunction((wanted) => {
    const link = document.querySelector<HTMLAnchorElement>("#world-everywhere");
    return link !== null && new URL(link.href).searchParams.get("q") === wanted.trim();
  }, text);
  return titles(page);
};

describe("the page of a customer in a browser", () => {
  test("is accessible, quiet and fits, with results open, light and dark, on a desk and on a phone", async () => {
    for (const theme of ["light", "dark"] as const)
      for (const width of [1280, 390]) {
        const page = await (await enterAs("mei", { theme, width })).newPage();
        const complaints = complaintsOf(page);
        await page.goto("/c/hx");
        await find(page, "固件");
        expect({ complaints, access: await accessProblems(page), overflow: await overflowOf(page) }).toEqual({
          complaints: [],
          access: [],
          overflow: 0,
        });
        await page.context().close();
      }
  });

  test("results come with every key, knowledge and records together, marked and counted with the time they took", async () => {
    const page = await open();
    expect(await find(page, "升級")).toEqual([
      "升级案例",
      "X200 固件 v7 兼容性",
      "电话 · mei → 张伟",
      "微信 · 张伟 → mei",
      "电话 · mei → 张伟",
    ]);
    expect(await page.locator("#world-hits mark").first().textContent()).toBe("升级");
    expect(await page.locator("#world-count").textContent()).toMatch(/^5 条 · \d+ 毫秒$/);
    expect(await page.locator("#world-count").getAttribute("role")).toBe("status");
    expect(await find(page, "x20")).toContain("X200 网关");
    expect(await find(page, "zw")).toEqual(["张伟"]);
    expect(await find(page, "没有这个词的")).toEqual([]);
    expect(await page.locator("#world-hits").textContent()).toContain("没有");
  });

  test("shows the answer itself: what may be told, who stands behind it, and nothing lies on it on a phone", async () => {
    const page = await (await enterAs("mei", { width: 390 })).newPage();
    await page.goto("/c/hx");
    await find(page, "固件 兼容");
    const hit = page.locator("#world-hits > li").first();
    expect(await hit.locator(".answer").innerText()).toContain("可以直接升级到 v7.5，升级约需 3 分钟，不影响现有配置");
    expect(await hit.textContent()).toMatch(/mei 于 .* 更新/);
    expect(await page.locator(".actionbar").evaluate((bar) => getComputedStyle(bar).position)).toBe("static");
  });

  test("what a viewer may not see is not in the browser at all", async () => {
    const page = await open();
    const index = await page.evaluate(async () => (await fetch("/c/hx/index.json")).text());
    expect(index).not.toMatch(/折扣|八折/);
    expect(await find(page, "折扣")).toEqual([]);
    expect(await find(await open("qiang"), "折扣")).toEqual(["折扣底线"]);
  });

  test("nothing happens while a character is being composed; it does at its end", async () => {
    const page = await open();
    await find(page, "保修");
    const before = await titles(page);
    const session = await page.context().newCDPSession(page);
    await page.fill("#world-search", "");
    await page.focus("#world-search");
    await session.send("Input.imeSetComposition", { text: "gu", selectionStart: 2, selectionEnd: 2 });
    await page.waitForTimeout(300);
    expect(await page.locator("#world-results").isHidden()).toBe(true);
    await session.send("Input.insertText", { text: "固件" });
    await page.waitForSelector("#world-hits .row-title");
    expect(await page.inputValue("#world-search")).toBe("固件");
    expect(await titles(page)).not.toEqual(before);
  });

  test("arrow keys walk from the box through the results and back, Enter opens the best, Esc empties the box", async () => {
    const page = await open();
    await find(page, "升级");
    await page.focus("#world-search");
    const focused = () =>
      page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("升级案例");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("X200 固件 v7 兼容性");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe("world-search");
    await page.keyboard.press("Escape");
    expect([await page.inputValue("#world-search"), await page.locator("#world-results").isHidden()]).toEqual([
      "",
      true,
    ]);
    await find(page, "固件");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/p\/[\w-]+\/x200/);
  });

  test("copies what may be told and nothing else, and leads to where it is marked as told", async () => {
    const context = await enterAs("mei");
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    await page.goto("/c/hx");
    await find(page, "固件 兼容");
    await page.locator("#world-hits button[data-say]").first().click();
    await page.waitForFunction(() => document.getElementById("toast")?.textContent !== "");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "您使用的 X200（硬件 B 版）可以直接升级到 v7.5，升级约需 3 分钟，不影响现有配置与保修。",
    );
    await page.locator("#world-hits a[data-tell]").first().click();
    await page.locator("button[type=submit].primary").click();
    await page.waitForURL(/\/c\/hx$/);
    expect(await page.locator("#knowledge").textContent()).not.toContain("旧答案");
  });

  test("without script the same box asks the server; when the index cannot be had, the form still works", async () => {
    const plain = await open("mei", { script: false });
    await plain.fill("#world-search", "升級 固件");
    await plain.press("#world-search", "Enter");
    await plain.waitForURL(/\?q=/);
    expect(await titles(plain)).toEqual(["X200 固件 v7 兼容性"]);
    const page = await open();
    await page.route("**/index.json", (route) => route.abort());
    await page.fill("#world-search", "固件");
    await page.waitForTimeout(300);
    await page.press("#world-search", "Enter");
    await page.waitForURL(/\?q=/);
    expect((await titles(page)).length).toBeGreaterThan(0);
  });
});
