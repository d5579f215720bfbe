import type { RequestListener } from "node:http";
import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { setPassword } from "../../src/people/commands.ts";
import { hashPassword } from "../../src/people/passwords.ts";
import { startProvider, type TestProvider } from "../people/single-sign-on/provider.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { launchBrowser } from "../support/browser.ts";
import { type Login, PASSWORD } from "../support/cast.ts";
import { accessProblems, complaintsOf, enter, type Look, overflowOf, type Site, serve } from "./site.ts";

/** SHOTS=folder npx vitest run … keeps a picture of every screen. */
const SHOTS = process.env.SHOTS;
const LOOKS: Look[] = [
  { width: 1280, theme: "light", locale: "zh-CN" },
  { width: 390, theme: "dark", locale: "en" },
];

let browser: Browser;
let site: Site;
let provider: TestProvider;
let app: TestApp;
let listener: RequestListener = () => undefined;

beforeAll(async () => {
  site = await serve((req, res) => listener(req, res));
  provider = await startProvider(site.url);
  app = await testApp({ environment: { ...provider.environment, OIDC_CREATE: "person", SECOND_FACTOR: "managers" } });
  listener = app.app;
  browser = await launchBrowser();
  const passwordHash = await hashPassword(PASSWORD);
  for (const login of ["mei", "lan"] as const) await app.as(login, (tx) => setPassword(tx, tx.viewer, passwordHash));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await provider?.stop();
  vi.restoreAllMocks();
});

/** A page that is looked at wherever it leads: accessible, quiet, not too wide. */
async function visit(look: Look): Promise<{ page: Page; look: (name: string) => Promise<void>; problems: string[] }> {
  const page = await (await enter(browser, site, look)).newPage();
  const problems = complaintsOf(page);
  const check = async (name: string) => {
    const wide = await overflowOf(page);
    problems.push(...(await accessProblems(page)).map((one) => `${name}: ${one}`));
    if (wide > 0) problems.push(`${name}: ${wide} px too wide`);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${look.width}.png`, fullPage: true });
  };
  return { page, look: check, problems };
}

async function logIn(page: Page, login: Login): Promise<void> {
  await page.goto("/login?next=%2Fsettings");
  await page.fill("#login", login);
  await page.fill("#password", PASSWORD);
  await page.click(".button.primary");
}

async function signInAs(page: Page, login: Login): Promise<void> {
  const { cookie } = await app.browser(login);
  const [name = "", value = ""] = cookie.split("=");
  await page.context().addCookies([{ name, value, url: site.url }]);
}

const codeOn = async (page: Page): Promise<string> => {
  const secret = (await page.locator("#secret").innerText()).replaceAll(" ", "");
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(app.clock.now()) });
};

const forget = async (): Promise<void> => {
  for (const table of ["second_factors", "recovery_codes", "identities", "sessions"] as const)
    await app.db.deleteFrom(table).execute();
};

describe.each(LOOKS)("at $width px, $theme, $locale", (look) => {
  test("somebody goes to the provider and comes back signed in", async () => {
    await forget();
    const subject = `hua-${look.width}`;
    provider.accounts.set(subject, { name: "华 Hua", preferred_username: subject });
    const { page, look: check, problems } = await visit(look);
    await page.goto("/login?next=%2Fsettings");
    await check("login");
    provider.visitor = null;
    await page.click("a[href^='/login/oidc']");
    expect(new URL(page.url()).search).toBe("?trouble=denied");
    await check("login-denied");
    provider.visitor = subject;
    await page.goto("/login?next=%2Fsettings");
    await page.click("a[href^='/login/oidc']");
    expect(page.url()).toBe(`${site.url}/settings`);
    await check("settings-signed-on");
    expect(problems).toEqual([]);
  }, 60_000);

  test("somebody links their account, and adds a second factor", async () => {
    await forget();
    provider.visitor = `mei-${look.width}`;
    provider.accounts.set(provider.visitor, { name: "李梅 Li Mei" });
    const { page, look: check, problems } = await visit(look);
    await logIn(page, "mei");
    await check("settings");
    await page.fill("#identity-password", PASSWORD);
    await page.click("form[action='/settings/identity'] button");
    await check("link");
    await page.click("main .button.primary");
    expect(page.url()).toBe(`${site.url}/settings`);
    await page.fill("#factor-password", PASSWORD);
    await page.click("form[action='/settings/second-factor'] button");
    await check("second-factor-new");
    await page.fill("#field-code", await codeOn(page));
    await page.click("main .button.primary");
    expect(await page.locator(".recovery-codes li").count()).toBe(10);
    await check("recovery-codes");
    await page.goto("/settings");
    await check("settings-both");
    expect(problems).toEqual([]);
  }, 60_000);

  test("a manager is asked for a second factor, and from then on for its code", async () => {
    await forget();
    const { page, look: check, problems } = await visit(look);
    await logIn(page, "lan");
    await check("second-factor-first");
    await page.fill("#field-code", await codeOn(page));
    await page.click("main .button.primary");
    await check("second-factor-welcome");
    const [recovery = ""] = await page.locator(".recovery-codes code").allInnerTexts();
    await page.click("main .button.primary");
    expect(page.url()).toBe(`${site.url}/settings`);
    await page.context().clearCookies({ name: "zhike-session" });
    await logIn(page, "lan");
    await check("code");
    await page.fill("#code", "000000");
    await page.click("main .button.primary");
    await check("code-wrong");
    await page.fill("#code", recovery);
    await page.click("main .button.primary");
    expect(page.url()).toBe(`${site.url}/settings`);
    expect(problems).toEqual([]);
  }, 60_000);

  test("an administrator sees how somebody signs in, and can take it back", async () => {
    await forget();
    const { id: person_id } = await app.viewer("mei");
    const created_at = app.clock.now();
    const identity = { issuer: provider.issuer, subject: "s-1", name: "Mei", person_id, created_at };
    await app.db.insertInto("identities").values(identity).execute();
    const factor = { person_id, secret: "A".repeat(32), last_step: 0, created_at, confirmed_at: created_at };
    await app.db.insertInto("second_factors").values(factor).execute();
    const { page, look: check, problems } = await visit(look);
    await signInAs(page, "root");
    await page.goto("/admin/people/mei");
    await check("admin-person");
    for (const action of ["second-factor/reset", "identity/removal"])
      await page.click(`form[action='/admin/people/mei/${action}'] button`);
    expect(await page.locator("form[action$='/reset'], form[action$='/identity/removal']").count()).toBe(0);
    expect(problems).toEqual([]);
  }, 60_000);

  test("an administrator maps values of the claim to departments", async () => {
    await app.db.deleteFrom("department_claims").execute();
    const { page, look: check, problems } = await visit(look);
    await signInAs(page, "root");
    await page.goto("/admin/sign-on");
    await check("admin-sign-on-empty");
    for (const group of ["g-sales", "集团/销售/华东"]) {
      await page.fill("#field-value", group);
      await page.selectOption("#field-department", "east-sales");
      await page.click("footer form .button");
    }
    expect(await page.locator("main .rows li").count()).toBe(2);
    await check("admin-sign-on");
    expect(problems).toEqual([]);
  }, 60_000);
});
