import { expect, test } from "vitest";
import { findTokenSession } from "../../src/http/session.ts";
import { setPassword } from "../../src/people/commands.ts";
import { hashPassword } from "../../src/people/passwords.ts";
import { createToken } from "../../src/people/tokens.ts";
import { testApp } from "../support/app.ts";

const OLD = "the old password of mei";
const NEW = "the new password of mei";

test("a stranger is sent to the login; a guest has settings of their own", async () => {
  const { anonymous, browser } = await testApp();
  expect((await anonymous().get("/settings")).headers.location).toBe("/login?next=%2Fsettings");
  const asked = await (await browser("guest")).get("/settings");
  expect(asked.status).toBe(200);
  expect(asked.text).toContain('action="/settings/tokens"');
  expect(asked.text, "they have no password yet").not.toContain('action="/settings/password"');
  expect((await (await browser("root")).get("/settings")).text).toContain('action="/settings/password"');
});

test("language and theme are kept and the settings show them", async () => {
  const { browser } = await testApp();
  const mei = await browser("mei");
  const saved = await mei.post("/preferences", { locale: "en", theme: "dark", next: "/settings" });
  expect(saved.headers.location).toBe("/settings");
  const asked = await mei.get("/settings");
  expect(asked.text).toContain('<html lang="en" data-theme="dark">');
  expect(asked.text).toContain('<option value="dark" selected>Dark</option>');
});

test("the password changes only with the old one, and every other device is signed out", async () => {
  const app = await testApp();
  const passwordHash = await hashPassword(OLD);
  await app.as("mei", (tx) => setPassword(tx, tx.viewer, passwordHash));
  const [here, there] = [await app.browser("mei"), await app.browser("mei")];
  const refused = await here.post("/settings/password", { password: "not the old password", new_password: NEW });
  expect(refused.status).toBe(422);
  expect(refused.text).not.toContain(NEW);
  expect((await there.get("/settings")).status).toBe(200);
  expect((await here.post("/settings/password", { password: OLD, new_password: "short" })).status).toBe(422);
  expect((await here.post("/settings/password", { password: OLD, new_password: OLD })).status).toBe(422);
  expect((await here.post("/settings/password", { password: OLD, new_password: NEW })).status).toBe(303);
  expect((await here.get("/settings")).status).toBe(200);
  expect((await there.get("/settings")).status).toBe(303);
  const login = (password: string) => app.anonymous().post("/login").type("form").send({ login: "mei", password });
  expect((await login(OLD)).status).toBe(401);
  expect((await login(NEW)).status).toBe(303);
});

test("whoever changes their password may end their API tokens with it", async () => {
  const app = await testApp();
  const change = async (fields: Record<string, string>) => {
    const passwordHash = await hashPassword(OLD);
    await app.as("mei", (tx) => setPassword(tx, tx.viewer, passwordHash));
    return (await app.browser("mei")).post("/settings/password", { password: OLD, new_password: NEW, ...fields });
  };
  const settings = async () => (await (await app.browser("mei")).get("/settings")).text;
  expect(await settings()).not.toContain('name="tokens"');
  await app.as("mei", (tx) => createToken(tx, { person_id: tx.viewer.id, name: "nightly", scope: "read" }));
  expect((await change({})).status).toBe(303);
  expect(await settings()).toContain("nightly");
  expect(await settings()).toContain('name="tokens"');
  expect((await change({ tokens: "on" })).status).toBe(303);
  expect(await settings()).not.toContain("nightly");
});

test("people see and end their own sessions, never another's", async () => {
  const { browser, db, viewer } = await testApp();
  const [here, there, lan] = [await browser("mei"), await browser("mei"), await browser("lan")];
  const { id } = await viewer("lan");
  const { hash } = await db.selectFrom("sessions").select("hash").where("person_id", "=", id).executeTakeFirstOrThrow();
  const asked = (await here.get("/settings")).text;
  expect(asked).not.toContain(hash);
  expect((await here.post(`/settings/sessions/${hash}/end`)).status).toBe(404);
  expect((await lan.get("/settings")).status).toBe(200);
  const other = /settings\/sessions\/([\w-]{43})\/end/.exec(asked)?.[1] ?? "";
  expect((await here.post(`/settings/sessions/${other}/end`)).status).toBe(303);
  expect([(await here.get("/settings")).status, (await there.get("/settings")).status]).toEqual([200, 303]);
});

test("all others at once leaves only this one", async () => {
  const { browser } = await testApp();
  const [here, there] = [await browser("mei"), await browser("mei")];
  expect((await here.post("/settings/sessions/end")).status).toBe(303);
  expect([(await here.get("/settings")).status, (await there.get("/settings")).status]).toEqual([200, 303]);
});

test("a token is shown once, works, and is revoked by its owner alone", async () => {
  const { browser, db, clock } = await testApp();
  const [mei, lan] = [await browser("mei"), await browser("lan")];
  const made = await mei.post("/settings/tokens", { name: "nightly", scope: "read", days: "30" });
  const secret = /zhike_[\w-]{32}/.exec(made.text)?.[0] ?? "";
  const deps = { db, now: clock.now };
  expect((await findTokenSession(deps, secret))?.person.login).toBe("mei");
  const listed = (await mei.get("/settings")).text;
  expect(listed).toContain("nightly");
  expect(listed).not.toContain(secret);
  const id = /settings\/tokens\/([\w-]+)\/revoke/.exec(listed)?.[1] ?? "";
  expect((await lan.post(`/settings/tokens/${id}/revoke`)).status).toBe(404);
  expect(await findTokenSession(deps, secret)).toBeDefined();
  expect((await mei.post(`/settings/tokens/${id}/revoke`)).status).toBe(303);
  expect(await findTokenSession(deps, secret)).toBeUndefined();
});

test("a token without a name comes back with what was chosen", async () => {
  const { browser } = await testApp();
  const refused = await (await browser("mei")).post("/settings/tokens", { name: " ", scope: "write", days: "365" });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('<option value="365" selected>');
});
