import { expect, test } from "vitest";
import { type TestApp, testApp } from "../support/app.ts";

const OWN = "chosen by the owner";
const NEW = { login: "hua", name: "华", email: "", title: "", kind: "employee", password: "" };
const DAY = 86_400_000;

const linkIn = (html: string): string =>
  /<code id="link"[^>]*>http[^<]*(\/invite\/[\w-]{43})<\/code>/.exec(html)?.[1] ?? "";
const inviteHua = async (app: TestApp): Promise<string> =>
  linkIn((await (await app.browser("root")).post("/admin/people", NEW)).text);
const accept = (app: TestApp, link: string, password = OWN) =>
  app.anonymous().post(link).type("form").send({ password });
const logIn = async (app: TestApp, password = OWN) =>
  (await app.anonymous().post("/login").type("form").send({ login: "hua", password })).status;

test("an invited colleague chooses a password by the link, once, and logs in with it", async () => {
  const app = await testApp();
  const link = await inviteHua(app);
  expect([await logIn(app, ""), await logIn(app)]).toEqual([401, 401]);
  const page = await app.anonymous().get(link);
  expect(page.status).toBe(200);
  expect(page.text).toContain("hua");
  expect((await accept(app, link, "short")).status).toBe(422);
  expect((await accept(app, link)).status).toBe(303);
  expect(await logIn(app)).toBe(303);
  expect((await app.anonymous().get(link)).status).toBe(404);
  expect((await accept(app, link, "chosen by another")).status).toBe(404);
  expect(await logIn(app)).toBe(303);
});

test.runIf(process.env.DB !== "postgres")("the secret is stored nowhere as it is", async () => {
  const app = await testApp();
  const secret = (await inviteHua(app)).slice("/invite/".length);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(app.db.engine.serialize?.().includes(secret)).toBe(false);
});

test("a link that is used, withdrawn, replaced, too old or made up gets the same answer", async () => {
  const app = await testApp();
  const root = await app.browser("root");
  const bytes = async (link: string) => {
    const { status, text } = await app.anonymous().get(link);
    return `${status} ${text.replaceAll(link, "LINK").replace(/nonce[-=]["']?[\w-]+/g, "")}`;
  };
  const madeUp = await bytes(`/invite/${"A".repeat(43)}`);
  expect(madeUp).toMatch(/^404 /);
  const first = await inviteHua(app);
  const second = linkIn((await root.post("/admin/people/hua/invitation")).text);
  expect(second).not.toBe(first);
  expect(await bytes(first)).toBe(madeUp);
  expect((await accept(app, first)).status).toBe(404);
  expect((await app.anonymous().get(second)).status).toBe(200);
  expect((await root.post("/admin/people/hua/invitation/withdraw")).status).toBe(303);
  expect((await root.post("/admin/people/hua/invitation/withdraw")).status).toBe(404);
  expect(await bytes(second)).toBe(madeUp);
  const third = linkIn((await root.post("/admin/people/hua/invitation")).text);
  app.clock.advance(7 * DAY + 1000);
  expect(await bytes(third)).toBe(madeUp);
  expect((await accept(app, third)).status).toBe(404);
});

test("of two who use the link at once only one succeeds", async () => {
  const app = await testApp();
  const link = await inviteHua(app);
  const answers = await Promise.all([accept(app, link, "the first password"), accept(app, link, "the other password")]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 404]);
  const worked = await Promise.all([logIn(app, "the first password"), logIn(app, "the other password")]);
  expect(worked.sort()).toEqual([303, 401]);
});

test("disabling ends an invitation, and enabling does not bring it back", async () => {
  const app = await testApp();
  const root = await app.browser("root");
  const link = await inviteHua(app);
  await root.post("/admin/people/hua/disable");
  expect((await app.anonymous().get(link)).status).toBe(404);
  expect((await root.post("/admin/people/hua/invitation")).status).toBe(422);
  await root.post("/admin/people/hua/enable");
  expect((await accept(app, link)).status).toBe(404);
});

test("an invitation never replaces a password", async () => {
  const app = await testApp();
  const root = await app.browser("root");
  const link = await inviteHua(app);
  expect((await root.post("/admin/people/hua/password", { password: "given by the admin" })).status).toBe(303);
  expect((await accept(app, link)).status).toBe(404);
  expect((await root.post("/admin/people/hua/invitation")).status).toBe(422);
  expect((await root.get("/admin/people/hua")).text).not.toContain("/admin/people/hua/invitation");
});
