import { expect, test } from "vitest";
import { type TestApp, testApp } from "../support/app.ts";
import { PASSWORD } from "../support/cast.ts";

test("a stranger is sent to the login, and back to where they wanted to go", async () => {
  const { anonymous } = await testApp();
  const browser = anonymous();
  const asked = await browser.get("/");
  expect(asked.status).toBe(303);
  expect(asked.headers.location).toBe("/login?next=%2F");
  const form = await browser.get("/login?next=%2Fsettings");
  expect(form.status).toBe(200);
  const done = await browser.post("/login").type("form").send({ login: "root", password: PASSWORD, next: "/settings" });
  expect(done.status).toBe(303);
  expect(done.headers.location).toBe("/settings");
  expect((await browser.get("/")).status).toBe(200);
});

test("a wrong password and an unknown login get the same answer", async () => {
  const { anonymous } = await testApp();
  const wrong = await anonymous().post("/login").type("form").send({ login: "root", password: "wrong password!" });
  const unknown = await anonymous().post("/login").type("form").send({ login: "roof", password: "wrong password!" });
  const bare = (html: string) => html.replace(/nonce="[^"]*"/g, "").replaceAll("roof", "root");
  expect(wrong.status).toBe(401);
  expect(unknown.status).toBe(401);
  expect(bare(unknown.text)).toBe(bare(wrong.text));
});

test("after five wrong tries even the right password must wait", async () => {
  const { anonymous, clock } = await testApp();
  const tryWith = (password: string) => anonymous().post("/login").type("form").send({ login: "root", password });
  for (let i = 0; i < 5; i++) expect((await tryWith("wrong password!")).status).toBe(401);
  expect((await tryWith(PASSWORD)).status).toBe(429);
  clock.advance(16 * 60_000);
  expect((await tryWith(PASSWORD)).status).toBe(303);
});

test("of twenty wrong tries at once five are made", async () => {
  const { anonymous } = await testApp();
  const tries = Array.from({ length: 20 }, () =>
    anonymous().post("/login").type("form").send({ login: "root", password: "wrong password!" }),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
});

/** Somebody behind our one proxy, at an address of the documentation range. */
const tryFrom = ({ anonymous }: TestApp, host: number, login: string, password = "wrong password!") =>
  anonymous().post("/login").set("X-Forwarded-For", `192.0.2.${host}`).type("form").send({ login, password });

test("wrong tries at one address shut nobody out at another, until there are very many", async () => {
  const app = await testApp({ environment: { TRUST_PROXY: "1" } });
  for (let i = 0; i < 10; i++) await tryFrom(app, 1, "root");
  expect((await tryFrom(app, 1, "root", PASSWORD)).status).toBe(429);
  expect((await tryFrom(app, 2, "root", PASSWORD)).status).toBe(303);
  for (let host = 3; host < 22; host++) await Promise.all(Array.from({ length: 5 }, () => tryFrom(app, host, "root")));
  expect((await tryFrom(app, 99, "root", PASSWORD)).status).toBe(429);
}, 30_000);

test("one address may not try its luck with account after account, right ones do not count", async () => {
  const app = await testApp({ environment: { TRUST_PROXY: "1" } });
  const statuses = async (logins: string[]) =>
    (await Promise.all(logins.map((login) => tryFrom(app, 1, login)))).map(({ status }) => status);
  const logins = Array.from({ length: 60 }, (_, i) => `colleague${i}`);
  expect((await tryFrom(app, 1, "root", PASSWORD)).status).toBe(303);
  const answers = await statuses(logins);
  expect(answers.filter((status) => status === 401)).toHaveLength(50);
  expect((await tryFrom(app, 1, "root", PASSWORD)).status).toBe(429);
  expect((await tryFrom(app, 2, "root", PASSWORD)).status).toBe(303);
}, 30_000);

test("a session ends on the server at logout", async () => {
  const { browser } = await testApp();
  const mei = await browser("mei");
  expect((await mei.get("/")).status).toBe(200);
  const { status, headers } = await mei.post("/logout");
  expect([status, headers["clear-site-data"]], "nor does the browser keep what it was shown").toEqual([303, '"cache"']);
  expect((await mei.get("/")).status).toBe(303);
});

test("a form from another site, or without its token, changes nothing", async () => {
  const { browser } = await testApp();
  const mei = await browser("mei");
  expect((await mei.post("/logout").set("Sec-Fetch-Site", "cross-site")).status).toBe(403);
  expect((await mei.post("/logout").set("Origin", "https://evil.example")).status).toBe(403);
  expect((await mei.post("/logout", { csrf: "" }).send("csrf=wrong")).status).toBe(403);
  expect((await mei.get("/")).status).toBe(200);
});

test("what was typed survives an ended session", async () => {
  const { browser, anonymous } = await testApp();
  const mei = await browser("mei");
  await mei.post("/logout");
  const asked = await mei.post("/logout", { body: "三小时写的字", password: "secret" });
  expect(asked.status).toBe(401);
  expect(asked.text).toContain("三小时写的字");
  expect(asked.text).not.toContain("secret");
  const resume = JSON.stringify({ action: "/logout", fields: [{ name: "body", value: "三小时写的字" }] });
  const back = await anonymous().post("/login").type("form").send({ login: "root", password: PASSWORD, resume });
  expect(back.status).toBe(200);
  expect(back.text).toContain("三小时写的字</textarea>");
});

test("a form that outlived the session comes back with its labels, its text in a large box and nothing lost", async () => {
  const { anonymous } = await testApp();
  const fields = Object.entries({
    title: "固件",
    body: "第一行\n第二行",
    customers: "华信",
    base: "7",
    odd: "长".repeat(80),
  });
  const resume = JSON.stringify({ action: "/pages/x", fields: fields.map(([name, value]) => ({ name, value })) });
  const { text } = await anonymous().post("/login").type("form").send({ login: "root", password: PASSWORD, resume });
  expect(text).toMatch(/<label for="kept-0">标题<\/label><input id="kept-0" name="title" value="固件">/);
  expect(text).toMatch(
    /<label for="kept-1">正文<\/label><textarea id="kept-1" name="body" rows="16">\n第一行\n第二行<\/textarea>/,
  );
  expect(text).toContain('<input type="hidden" name="base" value="7">');
  for (const [name] of fields) expect(text).toContain(`name="${name}"`);
  expect(text).not.toMatch(/>(base|body|customers|odd)<\/label>/);
});
