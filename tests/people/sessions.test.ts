import { describe, expect, test } from "vitest";
import { digest } from "../../src/http/session.ts";
import { disablePerson } from "../../src/people/accounts.ts";
import { setPassword } from "../../src/people/commands.ts";
import { hashPassword } from "../../src/people/passwords.ts";
import { administrator } from "../../src/people/policy.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { PASSWORD } from "../support/cast.ts";

const HOUR = 3_600_000;
const logIn = (browser: ReturnType<TestApp["anonymous"]>, login = "root", password = PASSWORD) =>
  browser.post("/login").type("form").send({ login, password });
const cookiesOf = (answer: { headers: Record<string, string | string[] | undefined> }): string[] =>
  [answer.headers["set-cookie"] ?? []].flat();
const secretOf = (answer: Parameters<typeof cookiesOf>[0]): string =>
  /zhike-session=([\w-]*)/.exec(cookiesOf(answer).join("\n"))?.[1] ?? "";
const hashes = async ({ db }: TestApp): Promise<string[]> =>
  (await db.selectFrom("sessions").select("hash").orderBy("hash").execute()).map(({ hash }) => hash);

describe("the cookie", () => {
  test("with TLS belongs to this host alone, over TLS alone, out of reach of scripts", async () => {
    const app = await testApp({ environment: { BASE_URL: "https://wiki.test" } });
    const answer = await logIn(app.anonymous());
    expect(cookiesOf(answer)).toEqual([
      expect.stringMatching(
        /^__Host-zhike-session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ]);
    expect(answer.headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
  });

  test("with TLS is the only one that counts: one without the prefix may come from a neighbour", async () => {
    const app = await testApp({ environment: { BASE_URL: "https://wiki.test" } });
    const answer = await logIn(app.anonymous());
    const secret = /__Host-zhike-session=([\w-]+)/.exec(cookiesOf(answer).join())?.[1] ?? "";
    const ask = (cookie: string) => app.anonymous().get("/").set("Cookie", cookie);
    expect((await ask(`__Host-zhike-session=${secret}`)).status).toBe(200);
    expect((await ask(`zhike-session=${secret}`)).status).toBe(303);
  });

  test("holds a secret of which only the digest is kept", async () => {
    const app = await testApp();
    const secret = secretOf(await logIn(app.anonymous()));
    expect(secret).toHaveLength(43);
    expect(await hashes(app)).toEqual([digest(secret)]);
  });
});

describe("signing in", () => {
  test("never takes up a secret that the browser brought (fixation)", async () => {
    const app = await testApp();
    const planted = "A".repeat(43);
    const answer = await app
      .anonymous()
      .post("/login")
      .set("Cookie", `zhike-session=${planted}`)
      .type("form")
      .send({ login: "root", password: PASSWORD });
    expect(answer.status).toBe(303);
    expect(secretOf(answer)).not.toBe(planted);
    expect((await app.anonymous().get("/").set("Cookie", `zhike-session=${planted}`)).status).toBe(303);
  });

  test("again gives another secret, and the one before ends on the server", async () => {
    const app = await testApp();
    const mei = await app.browser("mei");
    const before = await hashes(app);
    const answer = await mei.post("/login", { login: "root", password: PASSWORD });
    expect(answer.status).toBe(303);
    expect(await hashes(app)).toEqual([digest(secretOf(answer))]);
    expect(before).not.toEqual(await hashes(app));
    expect((await mei.get("/")).status).toBe(303);
  });
});

describe("a session ends on the server", () => {
  test("at logout, and the cookie is taken away", async () => {
    const app = await testApp();
    const mei = await app.browser("mei");
    expect(cookiesOf(await mei.post("/logout"))).toEqual([expect.stringMatching(/^zhike-session=; .*Max-Age=0;/)]);
    expect(await hashes(app)).toEqual([]);
  });

  test("when its person is disabled: no request that begins afterwards is answered", async () => {
    const app = await testApp();
    const mei = await app.browser("mei");
    expect((await mei.get("/s/handbook")).status).toBe(200);
    const person = await app.db.selectFrom("people").selectAll().where("login", "=", "mei").executeTakeFirstOrThrow();
    const disabled = app.as("root", (tx) => disablePerson(tx, administrator(tx.viewer), person));
    const during = Array.from({ length: 50 }, () => mei.get("/s/handbook"));
    await disabled;
    const after = await Promise.all(Array.from({ length: 50 }, () => mei.get("/s/handbook")));
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set([303]));
    await Promise.all(during);
    expect(await hashes(app)).toEqual([]);
  });

  test("when it was not used for eight hours, and after seven days in any case", async () => {
    const app = await testApp();
    const [idle, busy] = [await app.browser("mei"), await app.browser("mei")];
    for (let hour = 0; hour < 9; hour++) {
      app.clock.advance(HOUR);
      expect((await busy.get("/")).status).toBe(200);
    }
    expect((await idle.get("/")).status).toBe(303);
    for (let hour = 9; hour < 168; hour += 7) {
      await busy.get("/");
      app.clock.advance(7 * HOUR);
    }
    expect((await busy.get("/")).status).toBe(303);
  });
});

describe("who tries logins learns nothing", () => {
  const bare = (text: string) => text.replace(/nonce="[^"]*"/g, "").replaceAll(/\b(root|gone|over|none|lost)\b/g, "X");

  async function withEverybody(): Promise<TestApp> {
    const app = await testApp();
    const passwordHash = await hashPassword(PASSWORD);
    const rename = (from: string, to: string) =>
      app.db.updateTable("people").set({ login: to }).where("login", "=", from).execute();
    for (const login of ["mei", "lan"] as const) await app.as(login, (tx) => setPassword(tx, tx.viewer, passwordHash));
    await rename("mei", "gone");
    await rename("lan", "over");
    await rename("nobody", "none");
    const past = "2026-01-01T00:00:00.000Z";
    await app.db.updateTable("people").set({ deactivated_at: past }).where("login", "=", "gone").execute();
    await app.db.updateTable("people").set({ expires_at: past }).where("login", "=", "over").execute();
    return app;
  }

  test("known, disabled, expired, without a password or unknown: the same bytes", async () => {
    const app = await withEverybody();
    const paths = ["/login", "/login/password"];
    for (const path of paths) {
      const faces = new Set<string>();
      for (const login of ["root", "gone", "over", "none", "lost"]) {
        const fields = { login, password: "wrong password!", ...(path === "/login" ? {} : { new_password: PASSWORD }) };
        const { status, headers, text } = await app.anonymous().post(path).type("form").send(fields);
        const { date: _, "content-security-policy": __, ...others } = headers;
        faces.add(JSON.stringify([status, others, bare(text)]));
      }
      expect(faces.size).toBe(1);
    }
  });

  test("the right password of somebody disabled or expired is answered like a wrong one", async () => {
    const app = await withEverybody();
    const answers = [];
    for (const login of ["gone", "over", "lost"]) answers.push(await logIn(app.anonymous(), login));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ text }) => bare(text))).size).toBe(1);
  });

  test("an unknown login takes about as long as a wrong password", async () => {
    const app = await withEverybody();
    const took = { root: [] as number[], lost: [] as number[] };
    for (let i = 0; i < 5; i++)
      for (const login of ["root", "lost"] as const) {
        const start = performance.now();
        await app.anonymous().post("/login").type("form").send({ login, password: "wrong password!" });
        took[login].push(performance.now() - start);
      }
    const fastest = (times: number[]) => Math.min(...times);
    // Without the decoy it is under a tenth: a password hash is most of what a login costs.
    expect(fastest(took.lost)).toBeGreaterThan(fastest(took.root) / 2);
  });

  test("a stranger is sent to the login from every profile, of whomever", async () => {
    const app = await withEverybody();
    for (const path of ["/people/", "/admin/people/"]) {
      const [known, unknown] = [await app.anonymous().get(`${path}root`), await app.anonymous().get(`${path}lost`)];
      expect(known.status).toBe(303);
      expect(known.headers.location?.replace("root", "X")).toBe(unknown.headers.location?.replace("lost", "X"));
    }
  });
});
