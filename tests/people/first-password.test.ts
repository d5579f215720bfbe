import { expect, test } from "vitest";
import { resetPassword } from "../../src/people/accounts.ts";
import { hashPassword } from "../../src/people/passwords.ts";
import { administrator } from "../../src/people/policy.ts";
import { type TestApp, testApp } from "../support/app.ts";

const GIVEN = "given by the administrator";
const OWN = "chosen by mei herself";

async function give(app: TestApp): Promise<void> {
  const passwordHash = await hashPassword(GIVEN);
  const mei = await app.db.selectFrom("people").selectAll().where("login", "=", "mei").executeTakeFirstOrThrow();
  await app.as("root", (tx) => resetPassword(tx, administrator(tx.viewer), mei, passwordHash));
}

const send = (browser: ReturnType<TestApp["anonymous"]>, path: string, fields: Record<string, string>) =>
  browser.post(path).type("form").send(fields);

test("a given password opens no session, only the way to one's own password", async () => {
  const app = await testApp();
  await give(app);
  const browser = app.anonymous();
  const asked = await send(browser, "/login", { login: "mei", password: GIVEN, next: "/people" });
  expect(asked.status).toBe(200);
  expect(asked.headers["set-cookie"]).toBeUndefined();
  expect(asked.text).not.toContain(GIVEN);
  expect((await browser.get("/")).status).toBe(303);
  const done = await send(browser, "/login/password", {
    login: "mei",
    password: GIVEN,
    new_password: OWN,
    next: "/people",
  });
  expect(done.status).toBe(303);
  expect(done.headers.location).toBe("/people");
  expect((await browser.get("/")).status).toBe(200);
});

test("it works once: afterwards only one's own password opens the door", async () => {
  const app = await testApp();
  await give(app);
  const replace = (password: string, new_password: string) =>
    send(app.anonymous(), "/login/password", { login: "mei", password, new_password });
  expect((await replace("a wrong password", OWN)).status).toBe(401);
  expect((await replace(GIVEN, "short")).status).toBe(422);
  expect((await replace(GIVEN, GIVEN)).status).toBe(422);
  expect((await replace(GIVEN, OWN)).status).toBe(303);
  expect((await replace(GIVEN, "another long one")).status).toBe(401);
  expect((await replace(OWN, "another long one")).status).toBe(404);
  expect((await send(app.anonymous(), "/login", { login: "mei", password: OWN })).status).toBe(303);
});
