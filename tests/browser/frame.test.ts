import { randomBytes } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSession } from "../../src/http/session.ts";
import { testApp } from "../support/app.ts";
import { launchBrowser } from "../support/browser.ts";
import { accessProblems, complaintsOf, enter, type Look, overflowOf, type Site, serve } from "./site.ts";

let browser: Browser;
let site: Site;
let session: string;

beforeAll(async () => {
  const app = await testApp();
  site = await serve(app.app);
  browser = await launchBrowser();
  const deps = { db: app.db, now: app.clock.now, random: randomBytes };
  session = (await startSession(deps, (await app.viewer("lan")).id)).secret;
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const open = async (path: string, look: Look, as?: string): Promise<Page> => {
  const page = await (await enter(browser, site, look, as)).newPage();
  await page.goto(path);
  return page;
};

describe("the frame in a browser", () => {
  test.each([
    { path: "/login", signedIn: false },
    { path: "/", signedIn: true },
    { path: "/nowhere", signedIn: true },
  ])("$path is accessible, quiet and fits, light and dark, on a desk and on a phone", async ({ path, signedIn }) => {
    for (const theme of ["light", "dark"] as const)
      for (const width of [1280, 390]) {
        const page = await open("about:blank", { width, theme }, signedIn ? session : undefined);
        const complaints = complaintsOf(page);
        await page.goto(path);
        expect({ complaints, access: await accessProblems(page), overflow: await overflowOf(page) }).toEqual({
          complaints: [],
          access: [],
          overflow: 0,
        });
        await page.context().close();
      }
  });

  test("the chosen theme is there from the first paint", async () => {
    const paper = async (theme: "light" | "dark") => {
      const page = await open("/login", { width: 1280, theme, script: false });
      return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    };
    expect(await paper("light")).toBe("rgb(250, 249, 246)");
    expect(await paper("dark")).toBe("rgb(19, 23, 21)");
  });

  test("language and theme are one click away and stay", async () => {
    const page = await open("/", { width: 1280 }, session);
    await page.click(".face-button");
    await page.click("text=English");
    await page.click(".face-button");
    await page.click("button[value=dark]");
    await page.reload();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  });

  test("slash and Ctrl K lead to the search box", async () => {
    const page = await open("/", { width: 1280 }, session);
    for (const key of ["/", "Control+k"]) {
      await page.locator("main").focus();
      await page.keyboard.press(key);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("find");
      expect(await page.inputValue("#find")).toBe("");
    }
  });

  test("Esc closes a menu and gives the focus back; a click elsewhere closes it too", async () => {
    const page = await open("/", { width: 1280 }, session);
    await page.click(".face-button");
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement?.closest(".menu-list") !== null)).toBe(true);
    await page.keyboard.press("Escape");
    expect(await page.locator("details.menu[open]").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("face-button");
    await page.click(".face-button");
    await page.click("h1");
    expect(await page.locator("details.menu[open]").count()).toBe(0);
  });

  test.each([true, false])("the drawer opens and closes on a phone, with script: %s", async (script) => {
    const page = await open("/", { width: 390, script }, session);
    const rail = page.locator("#rail");
    expect(await rail.isVisible()).toBe(false);
    await page.click(".drawer-open");
    await page.waitForURL(/#rail$/);
    await rail.waitFor({ state: "visible" });
    await page.click(".drawer-close");
    await page.waitForURL((url) => url.hash !== "#rail");
    await rail.waitFor({ state: "hidden" });
  });

  test("the first Tab leads to the content", async () => {
    const page = await open("/", { width: 1280 }, session);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  });

  test("axe finds what is planted, so that its silence means something", async () => {
    const page = await open("/login", { width: 1280 });
    await page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", '<img src="x"><button></button>');
    });
    expect((await accessProblems(page)).map((line) => line.split(":")[0])).toEqual(["button-name", "image-alt"]);
  });
});
