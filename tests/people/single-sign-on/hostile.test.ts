import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { afterEach, describe, expect, test, vi } from "vitest";
import { disablePerson } from "../../../src/people/accounts.ts";
import { administrator } from "../../../src/people/policy.ts";
import { PASSWORD } from "../../support/cast.ts";
import { CALLBACK, startProvider, type TestProvider } from "./provider.ts";
import { type Bend, comeBack, type SignOnWorld, signOnWorld } from "./world.ts";

const open: { stop: () => Promise<void> }[] = [];
async function world(environment: Record<string, string> = { OIDC_CREATE: "person" }): Promise<SignOnWorld> {
  const made = await signOnWorld(environment);
  made.provider.accounts.set("s-1", { preferred_username: "hua", name: "Hua" });
  open.push(made.provider);
  return made;
}
async function another(): Promise<TestProvider> {
  const provider = await startProvider();
  open.push(provider);
  return provider;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((provider) => provider.stop()));
  vi.restoreAllMocks();
});

const UNPROVEN = "/login?trouble=unproven";
const LOST = "/login?trouble=lost";

/** Nobody came in, and nobody was made. */
async function expectNobody({ db, whois }: SignOnWorld, browser: Parameters<SignOnWorld["whois"]>[0]): Promise<void> {
  expect(await whois(browser)).toBeUndefined();
  expect(await db.selectFrom("sessions").select("hash").execute()).toEqual([]);
  expect(await db.selectFrom("identities").select("subject").execute()).toEqual([]);
}

describe("an answer that was bent on its way opens nothing", () => {
  const bends: [string, Bend][] = [
    ["another state", { back: ({ searchParams }) => searchParams.set("state", "A".repeat(43)) }],
    ["no state", { back: ({ searchParams }) => searchParams.delete("state") }],
    ["two states", { back: ({ searchParams }) => searchParams.append("state", searchParams.get("state") ?? "") }],
    ["another nonce", { out: ({ searchParams }) => searchParams.set("nonce", "another") }],
    ["no nonce", { out: ({ searchParams }) => searchParams.delete("nonce") }],
    ["another challenge", { out: ({ searchParams }) => searchParams.set("code_challenge", "A".repeat(43)) }],
    ["another code", { back: ({ searchParams }) => searchParams.set("code", "guessed") }],
    ["no code", { back: ({ searchParams }) => searchParams.delete("code") }],
    ["the name of another issuer", { back: ({ searchParams }) => searchParams.set("iss", "http://127.0.0.1:1") }],
    ["no issuer where the provider names itself", { back: ({ searchParams }) => searchParams.delete("iss") }],
  ];

  test.each(bends)("%s", async (_, bend) => {
    const at = await world();
    const browser = at.anonymous();
    const answer = await at.signOn(browser, "s-1", bend);
    expect(answer.headers.location ?? answer.status).toSatisfy((to) => to === UNPROVEN || to === 422);
    await expectNobody(at, browser);
  });

  test("the same way unbent does open the door", async () => {
    const at = await world();
    const browser = at.anonymous();
    expect((await at.signOn(browser, "s-1")).status).toBe(303);
    expect(await at.whois(browser)).toBe("hua");
  });
});

describe("a code", () => {
  test("works once, also for whoever holds the cookie", async () => {
    const at = await world();
    const browser = at.anonymous();
    const out = await browser.get("/login/oidc");
    const cookie = /zhike-sign-on=[^;]+/.exec(String(out.headers["set-cookie"]))?.[0] ?? "";
    const answer = await at.provider.authorize(out.headers.location ?? "", "s-1");
    expect((await browser.get(answer)).headers.location).toBe("/");
    expect((await browser.get(answer)).headers.location, "the cookie is gone").toBe("/settings?trouble=lost");
    const thief = at.anonymous();
    const stolen = await thief.get(answer).set("Cookie", cookie);
    expect(stolen.headers.location, "the provider knows the code").toBe(UNPROVEN);
    expect(await at.whois(thief)).toBeUndefined();
  });

  test("is of no use in another browser, with its own attempt or without", async () => {
    const at = await world();
    const [victim, thief] = [at.anonymous(), at.anonymous()];
    const out = await thief.get("/login/oidc");
    const answer = await at.provider.authorize(out.headers.location ?? "", "s-1");
    expect((await victim.get(answer)).headers.location).toBe(LOST);
    await victim.get("/login/oidc");
    expect((await victim.get(answer)).headers.location).toBe(UNPROVEN);
    await expectNobody(at, victim);
  });

  test("of another provider is refused", async () => {
    const [at, evil] = [await world(), await another()];
    evil.accounts.set("s-1", {});
    const browser = at.anonymous();
    const out = new URL((await browser.get("/login/oidc")).headers.location ?? "");
    const elsewhere = `${evil.issuer}${out.pathname}${out.search}`;
    expect((await browser.get(await evil.authorize(elsewhere, "s-1"))).headers.location).toBe(UNPROVEN);
    await expectNobody(at, browser);
  });
});

describe("an ID token", () => {
  test.each([
    [50, "/"],
    [-50, "/"],
    [-3650, "/"],
    [-3675, UNPROVEN],
  ])("of a clock that is %d s wrong, for an hour each, leads to %s", async (wrong, to) => {
    const at = await world();
    at.provider.wrong = wrong;
    expect((await at.signOn(at.anonymous(), "s-1")).headers.location).toBe(to);
  });

  test("signed with a key that the provider does not publish is refused", async () => {
    const at = await world();
    at.provider.forged = true;
    const browser = at.anonymous();
    expect((await at.signOn(browser, "s-1")).headers.location).toBe(UNPROVEN);
    await expectNobody(at, browser);
  });
});

describe("a provider", () => {
  test("where somebody refuses sends them back with a clear word", async () => {
    const at = await world();
    const browser = at.anonymous();
    const answer = await at.signOn(browser, null);
    expect(answer.headers.location).toBe("/login?trouble=denied");
    expect((await browser.get("/login?trouble=denied")).text).toContain("您在 Test ID 取消了登录");
    await expectNobody(at, browser);
  });

  test("that is down says so, and the password still works", async () => {
    const at = await world({ OIDC_ISSUER: "http://127.0.0.1:1", OIDC_CREATE: "person" });
    const browser = at.anonymous();
    const out = await browser.get("/login/oidc?next=%2Fpeople");
    expect(out.headers.location).toBe("/login?trouble=down&next=%2Fpeople");
    const said = (await browser.get("/login?trouble=down&next=%2Fpeople")).text;
    expect(said).toContain("没有回应");
    expect(said).toContain('name="next" value="/people"');
    const entered = await browser.post("/login").type("form").send({ login: "root", password: PASSWORD });
    expect(entered.status).toBe(303);
  });

  test.each<[string, RequestListener]>([
    ["never answers", () => undefined],
    ["answers with an error", (_, res) => void res.writeHead(500).end("<h1>Oops</h1>")],
    ["answers with no JSON", (_, res) => void res.setHeader("Content-Type", "text/html").end("<h1>Welcome</h1>")],
    ["leads elsewhere", (_, res) => void res.writeHead(302, { Location: "http://127.0.0.1:1/" }).end()],
  ])(
    "that %s is as good as down, within seconds",
    async (_, listener) => {
      const server = createServer(listener).listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      const port = typeof address === "object" ? address?.port : "";
      const at = await world({ OIDC_ISSUER: `http://127.0.0.1:${port}` });
      const start = performance.now();
      expect((await at.anonymous().get("/login/oidc")).headers.location).toBe("/login?trouble=down&next=%2F");
      expect(performance.now() - start).toBeLessThan(15_000);
      server.close();
      server.closeAllConnections();
    },
    20_000,
  );

  test("that goes down on the way signs nobody in", async () => {
    const at = await world();
    const browser = at.anonymous();
    const answer = await at.signOn(browser, "s-1", { back: () => void at.provider.stop() });
    expect(answer.headers.location).toBe("/login?trouble=down");
    await expectNobody(at, browser);
  });

  test("is the only one that is asked anything", async () => {
    const at = await world();
    const asked = vi.spyOn(globalThis, "fetch");
    const out = await at.anonymous().get("/login/oidc");
    expect(out.status).toBe(303);
    const browser = at.anonymous();
    expect((await at.signOn(browser, "s-1")).status).toBe(303);
    const hosts = new Set(asked.mock.calls.map(([url]) => new URL(String(url)).origin));
    expect([...hosts]).toEqual([at.provider.issuer]);
  });

  test("learns where to send people back to from BASE_URL, never from Host", async () => {
    const at = await world();
    const out = await at
      .anonymous()
      .get("/login/oidc")
      .set("Host", "evil.example")
      .set("X-Forwarded-Host", "evil.example");
    expect(new URL(out.headers.location ?? "").searchParams.get("redirect_uri")).toBe(CALLBACK);
  });
});

describe("who is not let in", () => {
  test("disabled, expired and unknown people get the same answer", async () => {
    const at = await world();
    const join = async (subject: string, login: string) => {
      at.provider.accounts.set(subject, { preferred_username: login });
      await at.signOn(at.anonymous(), subject);
      return at.db.selectFrom("people").selectAll().where("login", "=", login).executeTakeFirstOrThrow();
    };
    const gone = await join("s-1", "gone");
    await join("s-2", "over");
    await at.as("root", (tx) => disablePerson(tx, administrator(tx.viewer), gone));
    const until = new Date(Date.parse(at.clock.now()) - 1).toISOString();
    await at.db.updateTable("people").set({ expires_at: until }).where("login", "=", "over").execute();
    await at.db
      .updateTable("access_version")
      .set((eb) => ({ version: eb("version", "+", 1) }))
      .execute();
    const none = await world({ OIDC_CREATE: "none" });
    const answers = [
      await at.signOn(at.anonymous(), "s-1"),
      await at.signOn(at.anonymous(), "s-2"),
      await none.signOn(none.anonymous(), "s-1"),
    ];
    expect(answers.map((answer) => answer.headers.location)).toEqual(answers.map(() => "/login?trouble=unknown"));
    expect(new Set(answers.map((answer) => JSON.stringify([answer.text, answer.headers["set-cookie"]]))).size).toBe(1);
  });

  test("a session that the browser had before ends on the server", async () => {
    const at = await world();
    const { browser, csrf } = await at.withPassword("mei");
    const before = await at.db.selectFrom("sessions").select("hash").execute();
    expect(before).toHaveLength(1);
    const out = await at.anonymous().get("/login/oidc");
    const cookie = /zhike-sign-on=[^;]+/.exec(String(out.headers["set-cookie"]))?.[0] ?? "";
    const answer = await at.provider.authorize(out.headers.location ?? "", "s-1");
    const session = await sessionOf(browser);
    const entered = await at.anonymous().get(answer).set("Cookie", `${cookie}; ${session}`);
    expect(entered.status).toBe(303);
    expect(String(entered.headers["set-cookie"])).not.toContain(session);
    const after = await at.db.selectFrom("sessions").select("hash").execute();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect(csrf).toBeTruthy();
  });

  test("where single sign-on is not set up, its addresses do not exist", async () => {
    const at = await world();
    const { testApp } = await import("../../support/app.ts");
    const plain = (await testApp({ cast: at })).anonymous();
    expect((await plain.get("/login/oidc")).status).toBe(404);
    expect((await plain.get("/login/oidc/callback?code=x&state=y")).status).toBe(404);
    expect((await plain.get("/login")).text).not.toContain("/login/oidc");
  });

  test.each(["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])(
    "on the way back nobody is led to %s",
    async (next) => {
      const at = await world();
      const back = await at.signOn(at.anonymous(), "s-1", { next });
      expect([back.status, back.headers.location]).toEqual([303, "/"]);
    },
  );

  test("a cookie that was made up is led nowhere but here", async () => {
    const at = await world();
    const out = await at.anonymous().get("/login/oidc");
    const secret = /zhike-sign-on=([\w-]{43})/.exec(String(out.headers["set-cookie"]))?.[1] ?? "";
    const answer = await at.provider.authorize(out.headers.location ?? "", "s-1");
    const next = Buffer.from("//evil.example").toString("base64url");
    const back = await at.anonymous().get(answer).set("Cookie", `zhike-sign-on=${secret}.${next}`);
    expect([back.status, back.headers.location]).toEqual([303, "/"]);
  });
});

/** The session cookie that an agent holds. */
async function sessionOf(browser: ReturnType<SignOnWorld["anonymous"]>): Promise<string> {
  const { value = "" } =
    browser.jar.getCookie("zhike-session", { path: "/", domain: "127.0.0.1", secure: false, script: false }) ?? {};
  return `zhike-session=${value}`;
}

test("coming back is also refused when nobody set out", async () => {
  const at = await world();
  const browser = at.anonymous();
  const answer = await comeBack(at.provider, browser, {
    address: (await at.anonymous().get("/login/oidc")).headers.location ?? "",
    subject: "s-1",
  });
  expect(answer.headers.location).toBe(LOST);
  await expectNobody(at, browser);
});
