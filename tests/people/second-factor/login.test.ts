import { describe, expect, test } from "vitest";
import { resetPassword } from "../../../src/people/accounts.ts";
import { hashPassword } from "../../../src/people/passwords.ts";
import { administrator } from "../../../src/people/policy.ts";
import { PASSWORD } from "../../support/cast.ts";
import { cookiesOf, enter, type FactorWorld, factorWorld, givePassword, send, type Visitor } from "./world.ts";

const MINUTE = 60_000;
const isIn = async (browser: Visitor): Promise<boolean> => (await browser.get("/")).status === 200;
const sessions = ({ db }: FactorWorld) => db.selectFrom("sessions").select("hash").execute();

describe("the password alone", () => {
  test("opens no session, only the question for the code", async () => {
    const world = await factorWorld();
    const browser = world.anonymous();
    const asked = await enter(browser, "mei", { next: "/people" });
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('action="/login/code"');
    expect(cookiesOf(asked)).toMatch(/zhike-half=[\w-]{43};/);
    expect(cookiesOf(asked)).not.toContain("zhike-session");
    expect(await isIn(browser)).toBe(false);
    expect(await sessions(world)).toEqual([]);
    const half = /zhike-half=([\w-]{43})/.exec(cookiesOf(asked))?.[1] ?? "";
    expect((await world.anonymous().get("/").set("Cookie", `zhike-session=${half}`)).status).toBe(303);
  });

  test("and a code lead where somebody wanted to go; nothing of the half is left", async () => {
    const world = await factorWorld();
    const browser = world.anonymous();
    await enter(browser, "mei", { next: "/people" });
    const done = await send(browser, "/login/code", { code: world.code(), next: "/people" });
    expect([done.status, done.headers.location]).toEqual([303, "/people"]);
    expect(await isIn(browser)).toBe(true);
    expect(await world.db.selectFrom("half_sign_ins").select("hash").execute()).toEqual([]);
    expect(cookiesOf(done)).toContain("zhike-half=; Path=/; Max-Age=0");
  });

  test("is still enough for who has no second factor", async () => {
    const world = await factorWorld();
    await givePassword(world, "lan");
    const browser = world.anonymous();
    expect((await enter(browser, "lan")).status).toBe(303);
    expect(await isIn(browser)).toBe(true);
  });

  test("keeps what had been typed through both steps", async () => {
    const world = await factorWorld();
    const browser = world.anonymous();
    const resume = JSON.stringify({ action: "/logout", fields: [{ name: "body", value: "三小时写的字" }] });
    const asked = await enter(browser, "mei", { resume });
    expect(asked.text).toContain("三小时写的字");
    const done = await send(browser, "/login/code", { code: world.code(), resume });
    expect(done.text).toContain("三小时写的字</textarea>");
  });
});

describe("a code", () => {
  test("works once, in whatever browser", async () => {
    const world = await factorWorld();
    const [first, second] = [world.anonymous(), world.anonymous()];
    await enter(first, "mei");
    const code = world.code();
    expect((await send(first, "/login/code", { code })).status).toBe(303);
    await enter(second, "mei");
    expect((await send(second, "/login/code", { code })).status).toBe(401);
    expect(await isIn(second)).toBe(false);
  });

  test("sent twice at once opens one session", async () => {
    const world = await factorWorld();
    const browsers = [world.anonymous(), world.anonymous(), world.anonymous()];
    for (const browser of browsers) await enter(browser, "mei");
    const code = world.code();
    const answers = await Promise.all(browsers.map((browser) => send(browser, "/login/code", { code })));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(await sessions(world)).toHaveLength(1);
  });

  test.each([
    [25, 303],
    [-25, 303],
    [95, 401],
    [-95, 401],
  ])("of a clock %d s apart is answered %d", async (seconds, status) => {
    const world = await factorWorld();
    const browser = world.anonymous();
    await enter(browser, "mei");
    world.clock.advance(seconds * 1000);
    const code = world.code();
    world.clock.advance(-seconds * 1000);
    expect((await send(browser, "/login/code", { code })).status).toBe(status);
  });

  test("may have a space in the middle, as apps show it", async () => {
    const world = await factorWorld();
    const browser = world.anonymous();
    await enter(browser, "mei");
    const code = world.code();
    expect((await send(browser, "/login/code", { code: `${code.slice(0, 3)} ${code.slice(3)}` })).status).toBe(303);
  });

  test("after five wrong ones even the right one must wait, also many at once", async () => {
    const world = await factorWorld();
    const browser = world.anonymous();
    await enter(browser, "mei");
    const tries = Array.from({ length: 20 }, () => send(browser, "/login/code", { code: "000000" }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
    expect((await send(browser, "/login/code", { code: world.code() })).status).toBe(429);
    world.clock.advance(16 * MINUTE);
    await enter(browser, "mei");
    expect((await send(browser, "/login/code", { code: world.code() })).status).toBe(303);
  });
});

describe("half a sign-in", () => {
  test("is over after five minutes", async () => {
    const world = await factorWorld();
    const browser = world.anonymous();
    await enter(browser, "mei");
    world.clock.advance(5 * MINUTE + 1000);
    const late = await send(browser, "/login/code", { code: world.code(), next: "/people" });
    expect(late.status).toBe(401);
    expect(late.text).toContain("超过 5 分钟");
    expect(late.text).toContain('name="next" value="/people"');
    expect(await isIn(browser)).toBe(false);
  });

  test("belongs to one browser: a code without it opens nothing", async () => {
    const world = await factorWorld();
    await enter(world.anonymous(), "mei");
    const other = world.anonymous();
    expect((await send(other, "/login/code", { code: world.code() })).status).toBe(401);
    expect(await isIn(other)).toBe(false);
  });

  test("is over when the password is reset or the person is disabled in between", async () => {
    const world = await factorWorld();
    const browser = world.anonymous();
    await enter(browser, "mei");
    const passwordHash = await hashPassword("another long password");
    const mei = await world.db.selectFrom("people").selectAll().where("login", "=", "mei").executeTakeFirstOrThrow();
    await world.as("root", (tx) => resetPassword(tx, administrator(tx.viewer), mei, passwordHash));
    expect((await send(browser, "/login/code", { code: world.code() })).status).toBe(401);
    await givePassword(world, "mei");
    await enter(browser, "mei");
    await world.db.updateTable("people").set({ deactivated_at: world.clock.now() }).where("id", "=", mei.id).execute();
    expect((await send(browser, "/login/code", { code: world.code() })).status).toBe(401);
  });
});

describe("a recovery code", () => {
  test("takes the place of the code once, and says so in the log", async () => {
    const world = await factorWorld();
    const [code = ""] = world.recoveryCodes;
    const browser = world.anonymous();
    await enter(browser, "mei");
    expect((await send(browser, "/login/code", { code: code.toUpperCase().replaceAll("-", " ") })).status).toBe(303);
    expect(await isIn(browser)).toBe(true);
    const again = world.anonymous();
    await enter(again, "mei");
    expect((await send(again, "/login/code", { code })).status).toBe(401);
    const used = world.db.selectFrom("events").select("kind").where("kind", "=", "person.recovery_code_used");
    expect(await used.execute()).toHaveLength(1);
  });

  test("is not kept as it is", async () => {
    const world = await factorWorld();
    const stored = JSON.stringify(await world.db.selectFrom("recovery_codes").selectAll().execute());
    expect(world.recoveryCodes).toHaveLength(10);
    for (const code of world.recoveryCodes) {
      expect(code).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(code.replaceAll("-", ""));
    }
  });

  test("of somebody else opens nothing", async () => {
    const world = await factorWorld();
    const { id } = await world.viewer("mei");
    const lan = (await world.viewer("lan")).id;
    await world.db.updateTable("recovery_codes").set({ person_id: lan }).where("person_id", "=", id).execute();
    const browser = world.anonymous();
    await enter(browser, "mei");
    expect((await send(browser, "/login/code", { code: world.recoveryCodes[0] ?? "" })).status).toBe(401);
  });
});

test("a new password given by an administrator does not go around the second factor", async () => {
  const world = await factorWorld();
  const passwordHash = await hashPassword("given by the administrator");
  const mei = await world.db.selectFrom("people").selectAll().where("login", "=", "mei").executeTakeFirstOrThrow();
  await world.as("root", (tx) => resetPassword(tx, administrator(tx.viewer), mei, passwordHash));
  const browser = world.anonymous();
  const fields = { login: "mei", password: "given by the administrator", new_password: PASSWORD };
  const asked = await send(browser, "/login/password", fields);
  expect(asked.text).toContain('action="/login/code"');
  expect(await isIn(browser)).toBe(false);
  expect((await send(browser, "/login/code", { code: world.code() })).status).toBe(303);
  expect(await isIn(browser)).toBe(true);
});
