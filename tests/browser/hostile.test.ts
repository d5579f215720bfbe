import type { Browser, BrowserContext } from "playwright-core";
import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { routes } from "../../src/app.ts";
import type { Route } from "../../src/http/route.ts";
import { filled, type Sent, send, serveCopy } from "../access/matrix/ask.ts";
import { TABLE } from "../access/matrix/table.ts";
import { type MatrixWorld, makeMatrixWorld, PERSONAS } from "../access/matrix/world.ts";
import { launchBrowser } from "../support/browser.ts";
import { openSqlite } from "../support/db.ts";
import { screenRoutes } from "./crawl.ts";
import { CANARY, foreignMarkup, MARKDOWN, PAYLOADS } from "./hostile.ts";
import { importAttacks } from "./hostile-tables.ts";
import { complaintsOf, enter, overflowOf, type Site, serve } from "./site.ts";

/** Every text field of every form and API body gets payloads, one after the other; then every screen is opened. */
const ATTACKS = [
  ...PAYLOADS,
  ...MARKDOWN,
  "javascript:ran()",
  "//evil.example/x",
  'https://evil.example/"onclick=ran()',
];
const TRIES = 6;
/** Fits everywhere. */
const SHORT = "<b>";
const LOGINS = ["lan", "clerk"] as const;
/** They end sessions, take away what is attacked, or change who may do what. */
const LEFT_OUT =
  /log(in|out)|setup|password|second-factor|identity|session|token|invit|sign-on|removal|erasure|archive|trash|restor|delete|permissions|access|view-as|break-glass|merge|deactivat|\/move$|moving|confidential/;

/** Shown as text: it was there, and did nothing. */
const ATTACKED = /ran\(\)|evil\.example/;
/** They name what exists already, or hold a day, a number, an address or a key. */
const HAS_RULES =
  /tags\/:kind name$| (customers?|products?|parent|owner|contact|person|page|department|login|space|key|base|revision|email|website|domain|phone|credit_code|external_ids|quantity|on|since|until|next_at|review_at|locale|theme|next)$/;

let imported = 0;
let world: MatrixWorld;
let copy: Awaited<ReturnType<typeof serveCopy>>;
let browser: Browser;
let site: Site;
const contexts = new Map<string, BrowserContext>();
const answers: { field: string; status: number }[] = [];

beforeAll(async () => {
  world = await poisoned(await makeMatrixWorld());
  copy = await serveCopy(world);
  for (const route of routes.filter((one) => one.body && !LEFT_OUT.test(one.path))) await attack(route);
  site = await serve(copy.app);
  browser = await launchBrowser();
  for (const login of LOGINS) {
    const { Cookie = "" } = await copy.headersOf(login);
    const context = await enter(browser, site, { width: 1280 }, Cookie.replace("zhike-session=", ""));
    await context.addInitScript(CANARY);
    contexts.set(login, context);
  }
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await copy?.stop();
});

/** Attacks in every cell of the imports and in names of files; ids for keys and codes, which forms are about to change. */
async function poisoned(made: MatrixWorld): Promise<MatrixWorld> {
  const db = await openSqlite(made.bytes);
  const { customer = "", product = "", customerId = "", page = "" } = made.names;
  imported = await importAttacks(db, ATTACKS, { customer, product });
  const { id } = await db.selectFrom("products").select("id").where("code", "=", product).executeTakeFirstOrThrow();
  const { created_by } = await db
    .selectFrom("pages")
    .select("created_by")
    .where("id", "=", page)
    .executeTakeFirstOrThrow();
  const file = {
    page_id: page,
    type: "image/png",
    size: 1,
    hash: "none",
    source: null,
    created_at: "2026-01-01",
    created_by,
  };
  for (const [at, name] of ATTACKS.entries())
    await db
      .insertInto("attachments")
      .values({ ...file, id: `hostile-${at}`, name })
      .execute();
  const bytes = db.engine.serialize?.() ?? made.bytes;
  await db.destroy();
  return { ...made, bytes, names: { ...made.names, customer: customerId, product: id } };
}

type Json = z.core.JSONSchema.BaseSchema;

/** The fields of a body that take words: no choices, days or numbers. */
const textFields = (route: Route): string[] => {
  const schema: Json = z.toJSONSchema(route.body ?? z.unknown(), { io: "input", unrepresentable: "any" });
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => (takesWords(field) ? [name] : []));
};

const takesWords = (field: Json | boolean): boolean =>
  typeof field === "object" &&
  ((field.type === "string" && !field.enum && !field.format && field.const === undefined) ||
    (field.anyOf ?? field.oneOf ?? []).some(takesWords) ||
    (field.type === "array" && typeof field.items === "object" && takesWords(field.items as Json)));

const isList = (route: Route, name: string): boolean => {
  const schema: Json = z.toJSONSchema(route.body ?? z.unknown(), { io: "input", unrepresentable: "any" });
  const field = schema.properties?.[name];
  return typeof field === "object" && field.type === "array";
};

let turn = 0;
let made = 0;

const nextAttacks = (): string[] => Array.from({ length: TRIES }, () => ATTACKS[turn++ % ATTACKS.length] ?? "");

/** One field at a time, so that a rule of one never hides another. */
async function attack(route: Route): Promise<void> {
  const [sent, expected] = TABLE[`${route.method} ${route.path}`] ?? [{}, ""];
  const statuses = expected.split(" ");
  const able = Object.entries(PERSONAS).find(([, login]) => login !== null && Number(statuses[personaAt(login)]) < 400);
  if (!able) return;
  const headers = await copy.headersOf(able[1]);
  for (const name of textFields(route))
    for (const payload of [...nextAttacks(), SHORT]) {
      const { path, fields } = filled(route.path, await freshened(headers, sent), world.names);
      const value = isList(route, name) ? [payload] : payload;
      const { status } = await send(copy, route, { headers, path, fields: { ...fields, [name]: value } });
      answers.push({ field: `${route.method} ${route.path} ${name}`, status });
    }
}

/** What must be new is new each time, and a page is changed as it is now. */
async function freshened(headers: Record<string, string>, sent: Sent): Promise<Sent> {
  const now = await request(copy.app).get(`/api/v1/pages/${world.names.page}`).set(headers);
  const entries = Object.entries(sent).map(([name, value]) => {
    if (/^(base|base_revision)$/.test(name)) return [name, now.body.revision];
    return [name, typeof value === "string" && /^n$/i.test(value) ? `${value}${made++}` : value];
  });
  return Object.fromEntries(entries);
}

const personaAt = (login: string | null): number => Object.values(PERSONAS).indexOf(login as never);

test("every form takes what it takes, and none breaks", () => {
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(new Set(answers.map(({ field }) => field)).size).toBeGreaterThan(60);
});

test("every kind of table takes attacks in its cells", () => {
  expect(imported).toBeGreaterThanOrEqual(4 * ATTACKS.length);
});

test("words are kept as they are in every field that takes words", () => {
  const fields = Map.groupBy(answers, ({ field }) => field);
  const refused = [...fields].filter(([, some]) => some.every(({ status }) => status >= 400)).map(([field]) => field);
  expect(refused.filter((field) => !HAS_RULES.test(field))).toEqual([]);
  expect(fields.size - refused.length).toBeGreaterThan(100);
});

test.each(LOGINS)(
  "no screen that %s can reach runs or shows any of it as markup",
  { timeout: 300_000 },
  async (login) => {
    const context = contexts.get(login);
    if (!context) throw new Error("nobody entered");
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    const foreign: string[] = [];
    page.on("request", (one) => one.url().startsWith(site.url) || foreign.push(one.url()));
    const found: string[] = [];
    const seen = await visit(page, (url, markup, wide) => {
      found.push(...new Set(markup.map((one) => `${url}: ${one}`)));
      if (wide > 0) found.push(`${url}: ${wide} px too wide`);
    });
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    expect(seen.filter(({ text }) => ATTACKED.test(text)).length).toBeGreaterThan(login === "lan" ? 40 : 5);
  },
);

type Page = Awaited<ReturnType<BrowserContext["newPage"]>>;

/** Follows links from the home page, each kind of address a few times. */
async function visit(
  page: Page,
  look: (url: string, markup: string[], wide: number) => void,
): Promise<{ url: string; text: string }[]> {
  const kinds = screenRoutes(routes).map(
    (path) => new RegExp(`^${path.replace(/\{[^}]*\}/g, "(/[^/]+)?").replace(/[:*]\w+/g, "[^/]+")}$`),
  );
  const queue = ["/", ...starts()];
  const tried = new Map<string, number>();
  const known = new Set<string>();
  const seen: { url: string; text: string }[] = [];
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    const path = url.split(/[?#]/)[0] ?? "";
    const kind = String(kinds.find((one) => one.test(path)) ?? "");
    const times = tried.get(kind) ?? 0;
    if (kind === "" || known.has(url) || times >= 4 || /\.(json|csv|zip)(\?|$)|^\/files\/|[?&]format=/.test(url))
      continue;
    tried.set(kind, times + 1);
    known.add(url);
    await page.goto(url, { waitUntil: "load" });
    seen.push({ url, text: await page.locator("main").innerText() });
    look(url, await page.evaluate(foreignMarkup), await overflowOf(page));
    queue.push(
      ...(await page.evaluate(() =>
        [...document.querySelectorAll("a[href^='/']")].map((a) => a.getAttribute("href") ?? ""),
      )),
    );
  }
  return seen;
}

/** What the matrix knows of, and every search box with an attack in it. */
const starts = (): string[] =>
  routes
    .filter((route) => route.method === "get" && !route.path.startsWith("/api/") && !LEFT_OUT.test(route.path))
    .flatMap((route) => {
      const [sent] = TABLE[`get ${route.path}`] ?? [{}];
      const { path, fields } = filled(route.path, sent as Sent, world.names);
      const query = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
      const plain = [...query].length > 0 ? `${path}?${query}` : path;
      const boxes = route.query
        ? Object.keys(z.toJSONSchema(route.query, { io: "input", unrepresentable: "any" }).properties ?? {})
        : [];
      return [
        plain,
        ...(boxes.includes("q") ? [`${path}?q=${encodeURIComponent(PAYLOADS.slice(0, 3).join(" "))}`] : []),
      ];
    });
