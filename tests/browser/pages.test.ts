import { randomBytes } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSession } from "../../src/http/session.ts";
import { revise, write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { launchBrowser } from "../support/browser.ts";
import { accessProblems, complaintsOf, enter, type Look, overflowOf, type Site, serve } from "./site.ts";

let app: TestApp;
let browser: Browser;
let site: Site;
let session: string;

beforeAll(async () => {
  app = await testApp();
  site = await serve(app.app);
  browser = await launchBrowser();
  const deps = { db: app.db, now: app.clock.now, random: randomBytes };
  session = (await startSession(deps, (await app.viewer("mei")).id)).secret;
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const open = async (path: string, look: Partial<Look> = {}): Promise<Page> => {
  const page = await (await enter(browser, site, { width: 1280, ...look }, session)).newPage();
  await page.goto(path);
  return page;
};

describe("writing a page without scripts", () => {
  test("goes from the button New to preview, save, edit and save again", async () => {
    const page = await open("/s/handbook", { script: false });
    await page.click("main a.button.primary");
    await page.fill("[name=title]", "X200 固件");
    await page.fill("[name=body]", "见 [[保修]]。\n\n- [ ] 备份");
    await page.click(".editor-foot button[formaction]");
    expect(await page.textContent(".editor-preview")).toContain("见 保修。");
    await page.click(".editor-foot .primary");
    expect(await page.textContent("h1")).toBe("X200 固件");
    await page.click(".actionbar a[href$='/edit']");
    await page.fill("[name=summary]", "加一句");
    await page.locator("[name=body]").fill("第二版");
    await page.click(".editor-foot .primary");
    expect((await page.textContent("article"))?.trim()).toBe("第二版");
    expect(await page.textContent(".meta")).toContain("第 2 次修订");
    await page.context().close();
  });
});

test("a conflict keeps what was typed, shows both, and is accessible on a desk and on a phone", async () => {
  for (const look of [
    { width: 1280, theme: "light" },
    { width: 390, theme: "dark" },
  ] as const) {
    const written = await write(app, "mei", "handbook", { title: "T", body: "one\ntwo\nthree" });
    const page = await open(`/pages/${written.id}/edit`, look);
    await revise(app, "root", written.id, { body: "one\ntheirs\nthree" });
    await page.fill("[name=body]", "one\nmine\nthree");
    const complaints = complaintsOf(page);
    await page.click(".editor-foot .primary");
    await page.waitForSelector(".diff");
    expect(await page.inputValue("[name=body]")).toBe("one\nmine\nthree");
    expect(await page.textContent(".diff")).toMatch(/theirs[\s\S]*mine/);
    expect({ complaints, access: await accessProblems(page), overflow: await overflowOf(page) }).toEqual({
      complaints: [],
      access: [],
      overflow: 0,
    });
    await page.context().close();
  }
});

test("the tree of a space is walked with the arrow keys", async () => {
  const parent = await write(app, "mei", "handbook", { title: "Tree top" });
  await write(app, "mei", parent.id, { title: "Tree leaf" });
  const page = await open(`/p/${parent.id}`);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.focus(".tree a[aria-current]");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe("Tree leaf");
  await page.keyboard.press("ArrowLeft");
  expect(await focused()).toBe("Tree top");
  await page.context().close();
});

test("nothing that people write runs in the reader's browser", async () => {
  const payload = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`;
  const body = `${payload}\n\n[a](javascript:document.title='run') [[${payload}]] ![x](data:text/html,${payload})\n\n\`\`\`${payload}\n${payload}\n\`\`\`\n\n:::say\n${payload}\n:::`;
  const written = await write(app, "mei", "handbook", { title: payload, body, labels: [payload.slice(0, 59)] });
  for (const path of [
    `/p/${written.id}`,
    `/pages/${written.id}/edit`,
    `/pages/${written.id}/revisions/1`,
    "/s/handbook",
  ]) {
    const page = await open("about:blank");
    const complaints = complaintsOf(page);
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    expect(await page.title()).not.toBe("run");
    expect(complaints).toEqual([]);
    await page.context().close();
  }
});
