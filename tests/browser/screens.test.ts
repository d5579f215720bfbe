import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes } from "../../src/app.ts";
import { crawl, type Found, misplacedTags, screenRoutes } from "./crawl.ts";
import { accessProblems, complaintsOf, enter, type Look, overflowOf, RULES_OF_LOOK } from "./site.ts";
import { openWorld, type World } from "./world.ts";

/** Who looks: the first who can reach a screen shows it. A salesman, a support engineer, a head of departments, the administrator. */
const PERSONAS = ["wang.qiang", "li.mei", "zhou.min", "han.bing"];

/** No screens, or none for people who are signed in. */
const APART: Record<string, string> = {
  "/login": "signed out only",
  "/setup": "an empty instance only",
  "/login/oidc": "leads on to the provider of single sign-on",
  "/login/oidc/callback": "comes back from it",
  "/p/:id": "leads on to the address with the title",
  "/files/:id{/:name}": "a file",
  "/admin/audit/export": "a file",
  "/invite/:secret": "signed out only; see administration.test.ts",
  "/notices/:id": "after break-glass access only; see administration.test.ts",
  "/c/:key/index.json": "data for search in the browser",
  "/s/:space/permissions/people.csv": "a file",
  "/pages/:id/permissions/people.csv": "a file",
  "/permissions/customers/:group/people.csv": "a file",
  "/c/:key/permissions/people.csv": "a file",
};

/** The second look checks what the first cannot have seen. */
const LOOKS: (Look & { rules?: string[] })[] = [
  { width: 1280, theme: "light", locale: "zh-CN" },
  { width: 390, theme: "dark", locale: "en", rules: RULES_OF_LOOK },
];

const screens = screenRoutes(routes).filter((path) => !(path in APART));

let world: World;
const places = new Map<string, Found & { login: string }>();
const contexts = new Map<string, BrowserContext>();

beforeAll(async () => {
  world = await openWorld();
  const seeds = await seedsOf(world);
  for (const login of PERSONAS) {
    const session = await world.session(login);
    const found = await crawl(world.site, session, { patterns: screens, seeds });
    for (const [path, place] of found) if (!places.has(path)) places.set(path, { ...place, login });
    for (const look of LOOKS) contexts.set(nameOf(login, look), await enter(world.browser, world.site, look, session));
  }
}, 180_000);

afterAll(() => world?.close());

/** Where forms lead: two revisions of a page compared, all that links to it, a search. */
const seedsOf = async ({ db }: World): Promise<string[]> => {
  const page = await db
    .selectFrom("pages")
    .select("id")
    .where("title", "=", "X200 固件 v7 兼容性")
    .executeTakeFirstOrThrow();
  return [`/pages/${page.id}/compare?from=1&to=2`, `/pages/${page.id}/backlinks`, "/search?q=X200"];
};

const nameOf = (login: string, { width }: Look): string => `${login} ${width}`;

/** What is wrong with the screen of a route, seen as someone with one look. */
const problemsOf = async (path: string, look: (typeof LOOKS)[number]): Promise<string[]> => {
  const place = places.get(path);
  const page = await contexts.get(nameOf(place?.login ?? "", look))?.newPage();
  if (!place || !page) return ["nobody reaches it"];
  const complaints = complaintsOf(page);
  await page.goto(place.url);
  const problems = [...(await accessProblems(page, look.rules)), ...complaints];
  const overflow = await overflowOf(page);
  await page.close();
  return [...problems, ...(overflow > 0 ? [`${overflow} px too wide`] : [])].map((one) => `${place.url}: ${one}`);
};

test("every screen is reached by links from the home page", () => {
  expect(screens.length).toBeGreaterThan(40);
  expect(screens.filter((path) => !places.has(path))).toEqual([]);
});

test("the tags of every screen are where the browser will have them", () => {
  const misplaced = [...places].flatMap(([path, { html }]) => misplacedTags(html).map((tag) => `${path}: ${tag}`));
  expect(misplaced).toEqual([]);
});

test("the HTML of every screen stays within 60 KB", () => {
  const heavy = [...places].filter(([path, { html }]) => path !== "/api" && Buffer.byteLength(html) > 60 * 1024);
  expect(heavy.map(([path, { url, html }]) => `${path} ${url} ${Buffer.byteLength(html)}`)).toEqual([]);
});

describe.each(LOOKS)("$width px, $theme, $locale", (look) => {
  test.each(screens)("%s is accessible, quiet and fits", async (path) => {
    expect(await problemsOf(path, look)).toEqual([]);
  });
});
