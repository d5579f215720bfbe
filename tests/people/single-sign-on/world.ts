import type { Response } from "supertest";
import { digest } from "../../../src/http/session.ts";
import { setPassword } from "../../../src/people/commands.ts";
import { hashPassword } from "../../../src/people/passwords.ts";
import { type TestApp, testApp } from "../../support/app.ts";
import { type Login, PASSWORD } from "../../support/cast.ts";
import { startProvider, type TestProvider } from "./provider.ts";

export type Visitor = ReturnType<TestApp["anonymous"]>;
/** What a hostile browser or network changes on the way out and on the way back. */
export type Bend = { out?: (address: URL) => void; back?: (answer: URL) => void };

export type SignOnWorld = TestApp & {
  provider: TestProvider;
  /** One browser sets out, signs in over there as `subject` (null: refuses), and comes back. */
  signOn: (browser: Visitor, subject: string | null, bend?: Bend & { next?: string }) => Promise<Response>;
  /** Somebody with a password, signed in with it. */
  withPassword: (login: Login) => Promise<{ browser: Visitor; csrf: string }>;
  /** Whom a browser is signed in as. */
  whois: (browser: Visitor) => Promise<string | undefined>;
};

/** The test company, where a real provider may vouch for people. */
export async function signOnWorld(environment: Record<string, string> = {}): Promise<SignOnWorld> {
  const provider = await startProvider();
  const app = await testApp({ environment: { ...provider.environment, ...environment } });
  const signOn: SignOnWorld["signOn"] = async (browser, subject, { next = "/", ...bend } = {}) => {
    const out = await browser.get(`/login/oidc?next=${encodeURIComponent(next)}`);
    return comeBack(provider, browser, { address: out.headers.location ?? "", subject, ...bend });
  };
  return {
    ...app,
    provider,
    signOn,
    withPassword: (login) => withPassword(app, login),
    whois: async (browser) => /href="\/people\/([^"]+)"><b>/.exec((await browser.get("/")).text)?.[1],
  };
}

type Way = Bend & { address: string; subject: string | null };

export async function comeBack(provider: TestProvider, browser: Visitor, way: Way): Promise<Response> {
  const address = new URL(way.address);
  way.out?.(address);
  const answer = new URL(await provider.authorize(address.href, way.subject), "http://wiki.test");
  way.back?.(answer);
  return browser.get(answer.pathname + answer.search);
}

async function withPassword(app: TestApp, login: Login): Promise<{ browser: Visitor; csrf: string }> {
  const passwordHash = await hashPassword(PASSWORD);
  await app.as(login, (tx) => setPassword(tx, tx.viewer, passwordHash));
  const browser = app.anonymous();
  const entered = await browser.post("/login").type("form").send({ login, password: PASSWORD });
  const secret = /zhike-session=([\w-]+)/.exec(String(entered.headers["set-cookie"]))?.[1] ?? "";
  const { csrf } = await app.db
    .selectFrom("sessions")
    .select("csrf")
    .where("hash", "=", digest(secret))
    .executeTakeFirstOrThrow();
  return { browser, csrf };
}
