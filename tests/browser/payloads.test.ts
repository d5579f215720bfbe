import { randomBytes } from "node:crypto";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSession } from "../../src/http/session.ts";
import { customerBy, onCustomer, productNamed } from "../customers/company.ts";
import { revise, write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { launchBrowser } from "../support/browser.ts";
import { CANARY, foreignMarkup, MARKDOWN, PAYLOADS } from "./hostile.ts";
import { complaintsOf, enter, type Site, serve } from "./site.ts";

const EVERYTHING = [...PAYLOADS, ...MARKDOWN].join("\n\n");

let app: TestApp;
let browser: Browser;
let site: Site;
let context: BrowserContext;
const urls: string[] = [];

beforeAll(async () => {
  app = await testApp();
  urls.push(...(await poison()));
  site = await serve(app.app);
  browser = await launchBrowser();
  const deps = { db: app.db, now: app.clock.now, random: randomBytes };
  const { secret } = await startSession(deps, (await app.viewer("mei")).id);
  context = await enter(browser, site, { width: 1280 }, secret);
  await context.addInitScript(CANARY);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Writes the payloads into every kind of record. @returns the addresses that show them */
const poison = async (): Promise<string[]> => {
  const name = PAYLOADS.join(" ");
  await app.db
    .updateTable("people")
    .set({ name: name.slice(0, 400), title: name })
    .where("login", "=", "mei")
    .execute();
  await app.db.updateTable("spaces").set({ name, description: name }).where("key", "=", "handbook").execute();
  await app.db.updateTable("departments").set({ name }).where("key", "=", "support").execute();
  const product = await productNamed(app, "P-1", name);
  const customer = await customerBy(app, "mei", {
    ...{ name, key: "bad", short_name: name, industry: name, region: name, note: EVERYTHING },
    ...{ facts: { employees: name }, owner_id: (await app.viewer("mei")).id },
  });
  const { contact, owns, said, linked } = onCustomer(app, "mei", "bad");
  const person = await contact(name);
  await owns(product);
  const record = await said(EVERYTHING, { contact_id: person.id, next_at: "2026-01-01" });
  const text = { body: EVERYTHING, labels: PAYLOADS.slice(0, 5), summary: name.slice(0, 200) };
  const tags = { customers: [customer.id], products: [product.id] };
  const page = await write(app, "mei", "handbook", { title: PAYLOADS.slice(0, 5).join(" "), ...text, ...tags });
  await linked(page.id, "told", person);
  await revise(app, "mei", page.id, { body: `${EVERYTHING}\n\nchanged`, summary: PAYLOADS.slice(5, 9).join(" ") });
  const query = encodeURIComponent(PAYLOADS.slice(0, 3).join(" "));
  return [
    ...["/", "/spaces", "/s/handbook", "/s/handbook/new", "/people", "/people/mei", "/departments", "/settings"],
    ...[`/p/${page.id}/x`, `/pages/${page.id}/edit`, `/pages/${page.id}/revisions`, `/pages/${page.id}/revisions/1`],
    ...[
      `/pages/${page.id}/compare?from=1&to=2`,
      `/pages/${page.id}/move`,
      `/labels/${encodeURIComponent(PAYLOADS[0] ?? "")}`,
    ],
    ...["/customers", "/c/bad", "/c/bad/edit", "/c/bad/interactions", `/c/bad?q=${query}`, `/contacts/${person.id}`],
    ...[`/interactions/${record.id}`, "/products", "/products/P-1", "/promises", "/told", `/search?q=${query}`],
    ...[`/login?next=${query}`, `/nowhere/${query}`, `/people?q=${query}`, `/customers?q=${query}`],
  ];
};

test("nothing that people typed runs, anywhere, and none of it becomes markup", { timeout: 120_000 }, async () => {
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const found: string[] = [];
  for (const url of urls) {
    await page.goto(url);
    found.push(...(await page.evaluate(foreignMarkup)).map((markup) => `${url}: ${markup}`));
  }
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
});

test("the payloads were really there: they are shown as text", async () => {
  const page = await context.newPage();
  for (const url of urls.filter((one) => one.startsWith("/c/bad") || one.startsWith("/p/")))
    expect(await page.goto(url).then(() => page.locator("main").innerText()), url).toContain("ran()");
});

test("what this test looks for would be found", async () => {
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto("/login");
  await page.evaluate(() => {
    document.body.innerHTML += `<img src=x onerror=ran()><a href="javascript:ran()">x</a>`;
  });
  expect(await page.evaluate(foreignMarkup)).toHaveLength(2);
  await expect.poll(() => complaints.join()).toContain("Content Security Policy");
});
