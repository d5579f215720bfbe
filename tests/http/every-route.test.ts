import type { Response } from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes } from "../../src/app.ts";
import type { Route } from "../../src/http/route.ts";
import { filled, send, serveCopy } from "../access/matrix/ask.ts";
import { TABLE } from "../access/matrix/table.ts";
import { makeMatrixWorld } from "../access/matrix/world.ts";

/** Of all routes, each as a stranger, as somebody who may do everything with what it is about, and as the administrator. */
const PEOPLE = [null, "lan", "clerk"];

const world = await makeMatrixWorld();
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const filledFor = (route: Route) => filled(route.path, TABLE[nameOf(route)]?.[0] ?? {}, world.names);
const each = (chosen: Route[]) => chosen.map((route) => [nameOf(route), route] as const);
const reads = routes.filter(({ method }) => method === "get");
const writes = routes.filter(({ method }) => method !== "get");

type Copy = Awaited<ReturnType<typeof serveCopy>>;

test("there are routes to walk", () => {
  expect(reads.length).toBeGreaterThan(80);
  expect(writes.length).toBeGreaterThan(80);
});

describe("the headers of every answer", () => {
  const policy = (nonce: string) =>
    `default-src 'none';script-src 'nonce-${nonce}' 'strict-dynamic';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';worker-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'`;
  /** Files that people put here are opened in a world of their own, in which nothing runs. */
  const SANDBOX = "default-src 'none'; sandbox";

  test.each(each(routes))("%s", async (_, route) => {
    for (const login of PEOPLE) {
      const copy = await serveCopy(world);
      const answer = await send(copy, route, { headers: await copy.headersOf(login), ...filledFor(route) });
      expectSafe(answer);
      await copy.stop();
    }
  });

  function expectSafe({ headers, text }: Response): void {
    const nonce = /'nonce-([\w-]{22})'/.exec(headers["content-security-policy"] ?? "")?.[1] ?? "";
    expect([policy(nonce), SANDBOX]).toContain(headers["content-security-policy"]);
    expect(headers).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect(headers["cache-control"]).toMatch(/^(no-store|private, .*)$/);
    for (const name of ["x-powered-by", "server", "access-control-allow-origin"])
      expect(headers).not.toHaveProperty(name);
    // A file is asked for in parts, so its parts must be known to belong together.
    expect("etag" in headers).toBe(headers["content-security-policy"] === SANDBOX);
    for (const cookie of [headers["set-cookie"] ?? []].flat())
      expect(cookie).toMatch(/^zhike-[\w-]+=[^;]*; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    for (const [, attributes = ""] of (text ?? "").matchAll(/<script\b([^>]*)>/g))
      expect(attributes).toContain(` nonce="${nonce}"`);
  }
});

describe("reading changes nothing", () => {
  let copy: Copy;
  beforeAll(async () => {
    copy = await serveCopy(world);
  });
  afterAll(() => copy.stop());

  test.each(each(reads))("%s", async (_, route) => {
    for (const login of PEOPLE) {
      const headers = await copy.headersOf(login);
      const before = copy.bytes();
      await send(copy, route, { headers, ...filledFor(route) });
      expect(before?.equals(copy.bytes() ?? Buffer.alloc(0))).toBe(true);
    }
  });
});

describe("what another site asks the browser for is refused, and nothing changes", () => {
  const FORGED: [string, (headers: Record<string, string>) => Record<string, string>][] = [
    ["without the token of the session", ({ Cookie = "" }) => ({ Cookie })],
    ["with another token", (headers) => ({ ...headers, "X-CSRF-Token": "A".repeat(24) })],
    ["from another origin", (headers) => ({ ...headers, Origin: "https://evil.example" })],
    ["from no origin", (headers) => ({ ...headers, Origin: "null" })],
    ["from a site beside ours", (headers) => ({ ...headers, "Sec-Fetch-Site": "same-site" })],
    ["from another site", (headers) => ({ ...headers, "Sec-Fetch-Site": "cross-site" })],
  ];

  test.each(each(writes))("%s", async (_, route) => {
    const copy = await serveCopy(world);
    const headers = await copy.headersOf(route.needs === "admin" ? "clerk" : "lan");
    const before = copy.bytes();
    for (const [how, forge] of FORGED) {
      const { status } = await send(copy, route, { headers: forge(headers), ...filledFor(route) });
      expect([how, status]).toEqual([how, 403]);
    }
    expect(before?.equals(copy.bytes() ?? Buffer.alloc(0))).toBe(true);
    await copy.stop();
  });

  test.each(each(writes.filter(({ needs }) => needs === "anyone")))("%s, also of a stranger", async (_, route) => {
    const copy = await serveCopy(world);
    const before = copy.bytes();
    for (const headers of [{ Origin: "https://evil.example" }, { "Sec-Fetch-Site": "cross-site" }])
      expect((await send(copy, route, { headers, ...filledFor(route) })).status).toBe(403);
    expect(before?.equals(copy.bytes() ?? Buffer.alloc(0))).toBe(true);
    await copy.stop();
  });
});

describe("with BASE_URL, what a request calls us is never believed", () => {
  const HOSTS = { Host: "evil.example", "X-Forwarded-Host": "evil.example", Forwarded: "host=evil.example" };
  let copy: Copy;
  beforeAll(async () => {
    copy = await serveCopy(world, { BASE_URL: "http://wiki.test" });
  });
  afterAll(() => copy.stop());

  test.each(each(reads))("%s", async (_, route) => {
    for (const login of PEOPLE) {
      const headers = { ...(await copy.headersOf(login)), ...HOSTS };
      const answer = await send(copy, route, { headers, ...filledFor(route) });
      const body = Buffer.isBuffer(answer.body) ? answer.body.toString("latin1") : answer.text;
      expect(`${JSON.stringify(answer.headers)}${body}`).not.toContain("evil.example");
    }
  });

  test.each(each(writes))("%s", async (_, route) => {
    const own = await serveCopy(world, { BASE_URL: "http://wiki.test" });
    const headers = { ...(await own.headersOf(route.needs === "admin" ? "clerk" : "lan")), ...HOSTS };
    const answer = await send(own, route, { headers, ...filledFor(route) });
    expect(`${JSON.stringify(answer.headers)}${answer.text}`).not.toContain("evil.example");
    expect(own.bytes()?.includes("evil.example")).toBe(false);
    await own.stop();
  });

  test("a form from the site that a request claims to be is from another site", async () => {
    const headers = { ...(await copy.headersOf("lan")), ...HOSTS, Origin: "http://evil.example" };
    const route = routes.find((one) => nameOf(one) === "post /preferences");
    if (!route) throw new Error("no such route");
    expect((await send(copy, route, { headers, path: "/preferences", fields: { locale: "en" } })).status).toBe(403);
  });
});
