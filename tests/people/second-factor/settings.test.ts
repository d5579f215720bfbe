import { describe, expect, test } from "vitest";
import { testApp } from "../../support/app.ts";
import { type Login, PASSWORD } from "../../support/cast.ts";
import { codeAt, enter, factorWorld, givePassword, send } from "./world.ts";

const secretIn = (html: string): string => /id="secret"[^>]*>([A-Z2-7 ]+)</.exec(html)?.[1]?.replaceAll(" ", "") ?? "";
const codesIn = (html: string): string[] => html.match(/([a-z2-7]{4}-){3}[a-z2-7]{4}/g) ?? [];

async function withPassword(login: Login, environment: Record<string, string> = {}) {
  const app = await testApp({ environment });
  await givePassword(app, login);
  return { ...app, browser: await app.browser(login) };
}

describe("adding a second factor", () => {
  test("asks for the password, shows a picture and the secret, and counts only after a code", async () => {
    const { browser, anonymous, clock } = await withPassword("mei");
    expect((await browser.post("/settings/second-factor", { password: "wrong" })).status).toBe(422);
    const shown = await browser.post("/settings/second-factor", { password: PASSWORD });
    expect(shown.text).toContain("<svg");
    const secret = secretIn(shown.text);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect((await enter(anonymous(), "mei")).status, "not confirmed yet").toBe(303);
    const wrong = await browser.post("/settings/second-factor/confirmation", { code: "000000" });
    expect(wrong.status).toBe(422);
    expect(secretIn(wrong.text), "the same picture again").toBe(secret);
    const done = await browser.post("/settings/second-factor/confirmation", { code: codeAt(secret, clock.now()) });
    expect(done.status).toBe(200);
    expect(codesIn(done.text)).toHaveLength(10);
    expect((await enter(anonymous(), "mei")).text).toContain('action="/login/code"');
  });

  test("the code that confirmed it cannot sign in", async () => {
    const { browser, anonymous, clock } = await withPassword("mei");
    const secret = secretIn((await browser.post("/settings/second-factor", { password: PASSWORD })).text);
    const code = codeAt(secret, clock.now());
    await browser.post("/settings/second-factor/confirmation", { code });
    const other = anonymous();
    await enter(other, "mei");
    expect((await send(other, "/login/code", { code })).status).toBe(401);
  });

  test("a second time does not replace the one that counts", async () => {
    const { browser, code, anonymous } = await (async () => {
      const world = await factorWorld();
      return { ...world, browser: await world.browser("mei") };
    })();
    const again = await browser.post("/settings/second-factor", { password: PASSWORD });
    expect(again.headers.location).toBe("/settings");
    const other = anonymous();
    await enter(other, "mei");
    expect((await send(other, "/login/code", { code: code() })).status).toBe(303);
  });
});

describe("a second factor that counts", () => {
  test("is switched off with password and code together only", async () => {
    const world = await factorWorld();
    const browser = await world.browser("mei");
    const off = (password: string, code: string) => browser.post("/settings/second-factor/removal", { password, code });
    expect((await off("wrong", world.code())).status).toBe(422);
    expect((await off(PASSWORD, "000000")).status).toBe(422);
    expect((await off(PASSWORD, world.code())).status).toBe(303);
    expect((await enter(world.anonymous(), "mei")).status).toBe(303);
    expect(await world.db.selectFrom("recovery_codes").selectAll().execute()).toEqual([]);
  });

  test("gets new recovery codes, and the old ones end", async () => {
    const world = await factorWorld();
    const browser = await world.browser("mei");
    const made = await browser.post("/settings/second-factor/recovery-codes", {
      password: PASSWORD,
      code: world.code(),
    });
    const [fresh = ""] = codesIn(made.text);
    const other = world.anonymous();
    await enter(other, "mei");
    expect((await send(other, "/login/code", { code: world.recoveryCodes[0] ?? "" })).status).toBe(401);
    expect((await send(other, "/login/code", { code: fresh })).status).toBe(303);
    expect((await browser.get("/settings")).text).toContain("还剩 9 个恢复码");
  });

  test("is reset by an administrator alone; devices are signed out and the log says so", async () => {
    const world = await factorWorld();
    const [mei, lan, root] = [await world.browser("mei"), await world.browser("lan"), await world.browser("root")];
    expect((await root.get("/admin/people/mei")).text).toContain("/admin/people/mei/second-factor/reset");
    expect((await lan.post("/admin/people/mei/second-factor/reset")).status).toBe(404);
    expect((await root.post("/admin/people/mei/second-factor/reset")).status).toBe(303);
    expect((await mei.get("/settings")).status).toBe(303);
    expect((await enter(world.anonymous(), "mei")).status).toBe(303);
    const kinds = (await world.db.selectFrom("events").select("kind").execute()).map(({ kind }) => kind);
    expect(kinds).toContain("person.second_factor_reset");
  });

  test("shows neither its secret nor its codes again", async () => {
    const world = await factorWorld();
    const { secret } = await world.db.selectFrom("second_factors").select("secret").executeTakeFirstOrThrow();
    const settings = (await (await world.browser("mei")).get("/settings")).text;
    expect(settings).toContain("已开启");
    expect(settings.replaceAll(" ", "")).not.toContain(secret);
    expect(codesIn(settings)).toEqual([]);
  });
});

describe("where the company asks for one", () => {
  test.each([
    ["optional", "root", 303],
    ["admins", "lan", 303],
    ["admins", "root", 200],
    ["managers", "mei", 303],
    ["managers", "lan", 200],
    ["everyone", "mei", 200],
  ] as const)("(%s) %s is answered %d after the password", async (asked, login, status) => {
    const { anonymous } = await withPassword(login, { SECOND_FACTOR: asked });
    const browser = anonymous();
    expect((await enter(browser, login)).status).toBe(status);
    expect((await browser.get("/")).status).toBe(status === 303 ? 200 : 303);
  });

  test("nobody gets in before they have shown a code; then they have recovery codes and a session", async () => {
    const { anonymous, clock } = await withPassword("lan", { SECOND_FACTOR: "managers" });
    const browser = anonymous();
    const secret = secretIn((await enter(browser, "lan", { next: "/people" })).text);
    expect((await send(browser, "/login/second-factor", { code: "000000" })).status).toBe(401);
    expect((await send(browser, "/login/code", { code: codeAt(secret, clock.now()) })).status).toBe(401);
    expect((await browser.get("/")).status).toBe(303);
    const code = codeAt(secret, clock.now());
    const done = await send(browser, "/login/second-factor", { code, next: "/people" });
    expect(codesIn(done.text)).toHaveLength(10);
    expect(done.text).toContain('href="/people"');
    expect((await browser.get("/")).status).toBe(200);
  });

  test("it cannot be switched off", async () => {
    const world = await factorWorld({ SECOND_FACTOR: "everyone" });
    const browser = await world.browser("mei");
    expect((await browser.get("/settings")).text).not.toContain("/settings/second-factor/removal");
    const off = await browser.post("/settings/second-factor/removal", { password: PASSWORD, code: world.code() });
    expect(off.status).toBe(422);
  });
});
