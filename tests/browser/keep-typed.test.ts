import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Assets, buildAssets } from "../../src/views/assets.ts";
import { launchBrowser } from "../support/browser.ts";
import { enter, type Site, serve } from "./site.ts";

let assets: Assets;
let browser: Browser;
let site: Site;
/** What the server answers to the next form. */
let answer: "accepted" | "refused" | "expired" = "accepted";
let sent = 0;

const FORM = `<form method="post" action="/form" data-keep="note"><p data-offer hidden><button type="button" data-take>take</button><button type="button" data-drop>drop</button></p>
<input name="title"><textarea name="body"></textarea><input type="checkbox" name="done"><input type="password" name="secret"><button>Save</button></form>`;

const html = (body: string, plain = false): string =>
  `<!doctype html><script type="module" src="${assets.url("main.js")}"></script><body class="${plain ? "plain" : ""}">${body}<a href="/other">away</a>`;

const handle = (request: IncomingMessage, response: ServerResponse): void => {
  const asset = assets.find(request.url ?? "");
  if (asset) response.setHeader("Content-Type", asset.type).end(asset.body);
  else if (request.method === "POST") receive(response);
  else response.setHeader("Content-Type", "text/html").end(html(request.url === "/form" ? FORM : "<h1>other</h1>"));
};

const receive = (response: ServerResponse): void => {
  sent++;
  response.setHeader("Content-Type", "text/html");
  if (answer === "accepted") setTimeout(() => response.writeHead(303, { Location: "/other" }).end(), 200);
  else if (answer === "refused") response.writeHead(422).end(html(FORM));
  else response.writeHead(401).end(html("<h1>sign in</h1>", true));
};

beforeAll(async () => {
  assets = await buildAssets(join(import.meta.dirname, "../../static"));
  site = await serve(handle);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const typeInto = async (): Promise<Page> => {
  const page = await (await enter(browser, site, { width: 1280 })).newPage();
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto("/form");
  await page.fill("[name=title]", "X200");
  await page.fill("[name=body]", "two\nlines");
  await page.check("[name=done]");
  await page.fill("[name=secret]", "hunter2");
  return page;
};

const take = async (page: Page) => {
  await page.click("[data-take]");
  return [
    await page.inputValue("[name=title]"),
    await page.inputValue("[name=body]"),
    await page.isChecked("[name=done]"),
    await page.inputValue("[name=secret]"),
  ];
};

test("what was typed is offered back after the session had ended, without passwords", async () => {
  answer = "expired";
  const page = await typeInto();
  await page.click("text=Save");
  await page.goto("/form");
  expect(await take(page)).toEqual(["X200", "two\nlines", true, ""]);
});

test("what was typed is offered back after the form was refused and left", async () => {
  answer = "refused";
  const page = await typeInto();
  await page.click("text=Save");
  await page.goto("/form");
  expect(await page.isVisible("[data-offer]")).toBe(true);
});

test("nothing is offered once the form was accepted", async () => {
  answer = "accepted";
  const page = await typeInto();
  await page.click("text=Save");
  await page.waitForURL("**/other");
  await page.goto("/form");
  expect(await page.isVisible("[data-offer]")).toBe(false);
});

test("what the person discards is not offered again", async () => {
  const page = await typeInto();
  await page.goto("/form");
  await page.click("[data-drop]");
  await page.goto("/form");
  expect(await page.isVisible("[data-offer]")).toBe(false);
});

test("leaving with unsaved words asks first; leaving without does not", async () => {
  const page = await typeInto();
  const asked = page.waitForEvent("dialog");
  await page.click("text=away");
  expect((await asked).type()).toBe("beforeunload");
  await page.goto("/form");
  let again = false;
  page.on("dialog", () => {
    again = true;
  });
  await page.click("text=away");
  await page.waitForURL("**/other");
  expect(again).toBe(false);
});

test("a form is sent once however often it is clicked", async () => {
  answer = "accepted";
  const page = await typeInto();
  const before = sent;
  await page.evaluate(() => {
    const button = document.querySelector<HTMLElement>("form button:not([type])");
    for (const delay of [0, 40, 80, 120]) setTimeout(() => button?.click(), delay);
  });
  await page.waitForURL("**/other");
  expect(sent - before).toBe(1);
});
