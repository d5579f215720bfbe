import { randomBytes } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSession } from "../../src/http/session.ts";
import { busyCustomer } from "../customers/busy.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { launchBrowser } from "../support/browser.ts";
import { enter, type Look, type Site, serve } from "./site.ts";

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

/** A page as mei, who edits the handbook and the customers. */
const open = async (path: string, look: Partial<Look> = {}): Promise<Page> => {
  const deps = { db: app.db, now: app.clock.now, random: randomBytes };
  const { secret } = await startSession(deps, (await app.viewer("mei")).id);
  const context = await enter(browser, site, { width: 1280, locale: "zh-CN", ...look }, secret);
  const page = await context.newPage();
  await page.goto(path);
  return page;
};

const save = (page: Page): Promise<void> => page.click("main button.primary[type=submit]");

const heading = (page: Page): Promise<string> => page.locator("main h1").innerText();

describe.each([{ script: false }, { script: true }])("with $script for script", (look) => {
  test("a page is found, opened, edited and saved", async () => {
    const page = await open("/", look);
    await page.fill("#find", "固件 兼容性");
    await page.press("#find", "Enter");
    await page.click(".results a >> text=兼容性");
    expect(await heading(page)).toBe("X200 固件 v7 兼容性");
    await page.click(".actionbar >> text=编辑");
    await page.fill("textarea[name=body]", "写于浏览器：`<b>安全</b>`");
    await save(page);
    expect(await page.locator(".prose").innerText()).toContain("写于浏览器：<b>安全</b>");
    expect(await page.locator(".meta").innerText()).toMatch(/第 \d+ 次修订/);
  });

  test("a new page is written below another one and thrown away again", async () => {
    const page = await open("/s/handbook", look);
    await page.click("main >> text=新页面");
    await page.fill("[name=title]", `新的一页 ${look.script}`);
    await page.fill("textarea[name=body]", "第一句。");
    await save(page);
    expect(await heading(page)).toBe(`新的一页 ${look.script}`);
    await page.click("summary >> text=更多");
    await page.click("text=移到回收站");
    await page.goto("/s/handbook/trash");
    expect(await page.locator("main").innerText()).toContain(`新的一页 ${look.script}`);
  });

  test("a customer is found by pinyin initials, and a record of what was said is kept", async () => {
    const page = await open("/customers", look);
    await page.fill("main [name=q]", "hxyq");
    await page.press("main [name=q]", "Enter");
    await page.click("main >> text=华信仪器股份有限公司");
    await page.click(".actionbar >> text=记录跟进");
    await page.fill("textarea[name=words]", "客户确认下周升级");
    await save(page);
    await page.goto("/c/hx");
    expect(await page.locator(".line").innerText()).toContain("客户确认下周升级");
  });

  test("search in the world of a customer answers", async () => {
    const page = await open("/c/hx", look);
    await page.fill("main [name=q]", "升级");
    await page.press("main [name=q]", "Enter");
    await page.waitForSelector("mark");
    expect(await page.locator("main").innerText()).toContain("升级");
  });

  test("a form that is refused comes back with all that was typed", async () => {
    const page = await open("/customers/new", look);
    await page.fill("[name=name]", "新客户有限公司");
    await page.fill("[name=website]", "javascript:alert(1)");
    await save(page);
    expect(await page.inputValue("[name=name]")).toBe("新客户有限公司");
    expect(await page.inputValue("[name=website]")).toBe("javascript:alert(1)");
    expect(await page.locator("[aria-invalid=true]").count()).toBe(1);
  });
});

test("search, opening, editing and saving need no mouse", async () => {
  const page = await open("/");
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focusOn = async (selector: string) => {
    for (let tabs = 0; tabs < 80; tabs++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab never reaches ${selector}`);
  };
  await press("/");
  await page.keyboard.type("拓扑");
  await press("Enter");
  await page.waitForURL("**/search**");
  await focusOn(".results .row-title a");
  await press("Enter");
  await page.waitForURL("**/p/**");
  await focusOn(".actionbar a[href$='/edit']");
  await press("Enter");
  await page.waitForURL("**/edit");
  await focusOn("textarea[name=body]");
  await press("Control+End");
  await page.keyboard.type(" 键盘写的");
  await focusOn("button.primary[type=submit]");
  await press("Enter");
  await page.waitForURL("**/p/**");
  expect(await page.locator(".prose").innerText()).toContain("键盘写的");
});
