// Renders the layouts and shared views with made-up content and takes pictures of them: npx node tests/views/gallery/gallery.ts [DIR]
import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { buildAssets } from "../../../src/views/assets.ts";
import { createViews } from "../../../src/views/engine.ts";
import type { Frame } from "../../../src/views/frame.ts";
import { launchBrowser } from "../../support/browser.ts";
import { frame, models } from "./fixtures.ts";

const ROOT = join(import.meta.dirname, "../../..");
const OUT = process.argv[2] ?? join(tmpdir(), "gallery");
const SITE = "http://gallery.test";
const LOOKS = [
  { width: 1280, height: 900, theme: "light", locale: "zh-CN" },
  { width: 1280, height: 900, theme: "dark", locale: "zh-CN" },
  { width: 1920, height: 1000, theme: "light", locale: "en" },
  { width: 1024, height: 768, theme: "light", locale: "en" },
  { width: 390, height: 844, theme: "light", locale: "zh-CN" },
  { width: 390, height: 844, theme: "dark", locale: "en" },
] as const;

const assets = await buildAssets(join(ROOT, "static"));
const views = createViews(viewsAndScreens(), assets);
const browser = await launchBrowser();
mkdirSync(OUT, { recursive: true });
for (const look of LOOKS) await photograph(browser, look);
await browser.close();

function viewsAndScreens(): string {
  const folder = mkdtempSync(join(tmpdir(), "gallery-views-"));
  cpSync(join(ROOT, "views"), folder, { recursive: true });
  cpSync(join(import.meta.dirname, "screens"), join(folder, "gallery"), { recursive: true });
  return folder;
}

async function photograph(browser: Browser, look: (typeof LOOKS)[number]): Promise<void> {
  const context = await browser.newContext({ viewport: { width: look.width, height: look.height } });
  const page = await context.newPage();
  page.on("console", (message) => console.log(message.type(), message.text()));
  await page.route(`${SITE}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    const asset = assets.find(path);
    const body = asset?.body ?? htmlOf(path.slice(1), { ...frame, theme: look.theme, locale: look.locale });
    return route.fulfill({ body, contentType: asset?.type ?? "text/html; charset=utf-8" });
  });
  for (const name of [...Object.keys(models), "404", "500"]) {
    await page.goto(`${SITE}/${name}`);
    await page.screenshot({
      path: join(OUT, `${name}-${look.width}-${look.theme}-${look.locale}.png`),
      fullPage: true,
    });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) console.log(`${name} at ${look.width} is ${overflow} px too wide`);
  }
  await context.close();
}

function htmlOf(name: string, frame: Frame): string {
  return /^\d+$/.test(name)
    ? views.render(`errors/${name}`, {}, frame)
    : views.render(`gallery/${name}`, models[name] ?? {}, frame);
}
