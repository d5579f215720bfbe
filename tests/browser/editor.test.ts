import { randomBytes } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSession } from "../../src/http/session.ts";
import { getPage, listTags } from "../../src/pages/queries.ts";
import { customerBy } from "../customers/company.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { launchBrowser } from "../support/browser.ts";
import { accessProblems, complaintsOf, enter, type Look, overflowOf, type Site, serve } from "./site.ts";

let app: TestApp;
let browser: Browser;
let site: Site;

beforeAll(async () => {
  app = await testApp();
  await customerBy(app, "mei", { name: "华信仪器股份有限公司", short_name: "华信", key: "hx" });
  await customerBy(app, "mei", { name: "东海物流", key: "dhwl" });
  site = await serve(app.app);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const open = async (path: string, look: Partial<Look> = {}): Promise<Page> => {
  const deps = { db: app.db, now: app.clock.now, random: randomBytes };
  const { secret } = await startSession(deps, (await app.viewer("mei")).id);
  const page = await (await enter(browser, site, { width: 1280, ...look }, secret)).newPage();
  await page.goto(path);
  return page;
};
const written = () => write(app, "mei", "handbook", { title: `页面 ${randomBytes(4).toString("hex")}`, body: "原文" });
const now = async (id: string) => {
  const read = await app.read("mei");
  const page = await getPage(read, id);
  return { revision: page.revision, customers: (await listTags(read, page)).customers.map((one) => one.key).sort() };
};

describe("the editor", () => {
  test("takes a customer by initials with Enter as a chip, and publishes nothing until it is told to save", async () => {
    const { id } = await written();
    const page = await open(`/pages/${id}/edit`);
    const box = page.getByLabel("客户", { exact: false }).first();
    await box.fill("hx");
    await page.locator(".suggestions li").first().waitFor();
    await box.press("Enter");
    await box.fill("dhwl");
    await box.press("Enter");
    await box.press("Enter");
    expect(await page.locator(".tag-field .chip").allInnerTexts()).toEqual([
      expect.stringContaining("华信"),
      expect.anything(),
    ]);
    expect([page.url().endsWith("/edit"), (await now(id)).revision]).toEqual([true, 1]);
    await page.getByLabel("修改说明", { exact: false }).press("Enter");
    await page.locator(".editor-title").press("Enter");
    expect((await now(id)).revision).toBe(1);
    await page.locator("textarea[name=body]").press("Control+s");
    await page.waitForURL(/\/p\//);
    expect(await now(id)).toEqual({ revision: 2, customers: ["dhwl", "hx"] });
  });

  test("without script Enter in a field shows the preview and publishes nothing", async () => {
    const { id } = await written();
    const page = await open(`/pages/${id}/edit`, { script: false });
    await page.fill("[name=customers]", "hx");
    await page.press("[name=customers]", "Enter");
    await page.locator(".editor-preview .prose").waitFor();
    expect([await page.inputValue("[name=customers]"), (await now(id)).revision]).toEqual(["hx", 1]);
  });

  test("puts in what may be told around what is selected", async () => {
    const { id } = await written();
    const page = await open(`/pages/${id}/edit`);
    await page.locator("textarea[name=body]").press("Control+a");
    await page.click("[data-put=say]");
    expect(await page.inputValue("textarea[name=body]")).toBe(":::say\n原文\n:::\n");
  });

  test("a chip is taken away with its button and with Backspace", async () => {
    const { id } = await written();
    const page = await open(`/pages/${id}/edit`);
    const labels = page.getByLabel("标签", { exact: false });
    await labels.fill("甲，乙，丙，");
    await labels.press("Backspace");
    await page.getByRole("button", { name: "移除 甲" }).click();
    expect(await page.inputValue("[name=labels]")).toBe("乙");
  });

  test("is accessible, quiet and fits, with a chip and suggestions, light and dark, on a desk and on a phone", async () => {
    const { id } = await written();
    for (const theme of ["light", "dark"] as const)
      for (const width of [1280, 390]) {
        const page = await open(`/pages/${id}/edit`, { width, theme });
        const complaints = complaintsOf(page);
        await page.getByLabel("标签", { exact: false }).fill("甲，");
        await page.getByLabel("客户", { exact: false }).first().fill("hx");
        await page.locator(".suggestions li").first().waitFor();
        expect([await accessProblems(page), complaints, await overflowOf(page)]).toEqual([[], [], 0]);
      }
  });
});
