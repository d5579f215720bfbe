import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider, { type Configuration, type JWK } from "oidc-provider";
import { vi } from "vitest";

const SITE = "http://wiki.test";
export const CALLBACK = `${SITE}/login/oidc/callback`;

/** A real OpenID provider on a port of this machine, whose people and lies a test chooses. */
export type TestProvider = {
  issuer: string;
  /** Settings of the application that go with it. */
  environment: Record<string, string>;
  /** What it says of somebody, by subject. */
  accounts: Map<string, Record<string, unknown>>;
  /** Who signs in there with a real browser. */
  visitor: string | null;
  /** By how many seconds its clock is wrong when it makes an ID token; each holds for an hour. */
  wrong: number;
  /** Publishes other keys than it signs with. */
  forged: boolean;
  /** Goes there as a browser would, signs in as `subject` (or refuses), and comes back. @returns path and query of the callback */
  authorize: (address: string, subject: string | null) => Promise<string>;
  stop: () => Promise<void>;
};

/** @param site the address of the application */
export async function startProvider(site = SITE): Promise<TestProvider> {
  vi.spyOn(console, "info").mockReturnValue();
  vi.spyOn(console, "warn").mockReturnValue();
  const server = createServer();
  const issuer = await listen(server);
  const self: TestProvider = {
    issuer,
    environment: environmentFor(issuer, site),
    accounts: new Map(),
    visitor: null,
    wrong: 0,
    forged: false,
    authorize: visit,
    stop: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
  const provider = new Provider(issuer, settingsOf(self, `${site}/login/oidc/callback`));
  const answer = provider.callback();
  server.on("request", (req, res) => {
    if (req.url?.startsWith("/interaction/")) void interact(provider, self.visitor, { req, res });
    else if (self.forged && req.url === "/jwks")
      res.setHeader("Content-Type", "application/json").end(keysOf(newKey()));
    else {
      if (req.url === "/token" && self.wrong !== 0) shiftClock(self.wrong, res);
      void answer(req, res);
    }
  });
  return self;
}

/** Who signs in, in a header of the test's own. */
const AS = "x-signs-in-as";

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
    });
  });

const environmentFor = (issuer: string, site: string): Record<string, string> => ({
  BASE_URL: site,
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: "zhike",
  OIDC_CLIENT_SECRET: "a secret of the test",
  OIDC_SCOPES: "openid profile email groups",
  OIDC_NAME: "Test ID",
  OIDC_DEPARTMENTS_CLAIM: "groups",
});

const settingsOf = (self: TestProvider, callback: string): Configuration => ({
  clients: [
    {
      client_id: "zhike",
      client_secret: "a secret of the test",
      redirect_uris: [callback],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  jwks: { keys: [newKey()] },
  cookies: { keys: ["a key of the test"] },
  claims: {
    openid: ["sub"],
    profile: ["name", "preferred_username"],
    email: ["email", "email_verified"],
    groups: ["groups"],
  },
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...self.accounts.get(sub) }) }),
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  ttl: {
    IdToken: 3600,
    AccessToken: 7200,
    AuthorizationCode: 60,
    Grant: 60,
    Interaction: 60,
    Session: 60,
  },
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({
      ...(oidc.client ? { clientId: oidc.client.clientId } : {}),
      ...(oidc.session?.accountId ? { accountId: oidc.session.accountId } : {}),
    });
    grant.addOIDCScope("openid profile email groups");
    await grant.save();
    return grant;
  },
});

const newKey = (): JWK => ({
  ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }),
  kty: "RSA",
  kid: "test",
  use: "sig",
  alg: "RS256",
});

const keysOf = ({ d: _, p: __, q: ___, dp: ____, dq: _____, qi: ______, ...key }: JWK): string =>
  JSON.stringify({ keys: [key] });

/** Only while the provider answers: it lives in the process of the application. */
function shiftClock(seconds: number, res: ServerResponse): void {
  const now = Date.now;
  const shifted = vi.spyOn(Date, "now").mockImplementation(() => now() + seconds * 1000);
  res.once("finish", () => shifted.mockRestore());
}

/** Nobody is asked anything: the header says who it is, or the test; nobody refuses. */
async function interact(
  provider: Provider,
  visitor: string | null,
  { req, res }: { req: IncomingMessage; res: ServerResponse },
): Promise<void> {
  const accountId = req.headers[AS] ?? visitor;
  const result =
    typeof accountId === "string"
      ? { login: { accountId } }
      : { error: "access_denied", error_description: "End-User aborted interaction" };
  await provider.interactionFinished(req, res, result);
}

/** Follows redirects with cookies until one leads back to the application. */
async function visit(address: string, subject: string | null): Promise<string> {
  const cookies = new Map<string, string>();
  for (let url = address; ; ) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, ...(subject === null ? {} : { [AS]: subject }) };
    const answer = await fetch(url, { headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const to = answer.headers.get("location");
    if (to === null) throw new Error(`${answer.status} at ${url}: ${await answer.text()}`);
    if (to.startsWith(CALLBACK)) return to.slice("http://wiki.test".length);
    url = new URL(to, url).href;
  }
}
