import { once } from "node:events";
import http, { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { routes } from "../../src/app.ts";
import { toCursor } from "../../src/db/cursor.ts";
import type { Route } from "../../src/http/route.ts";
import { type Random, seeded } from "../access/interference/random.ts";
import { filled, serveCopy, typeOf } from "../access/matrix/ask.ts";
import { TABLE } from "../access/matrix/table.ts";
import { makeMatrixWorld } from "../access/matrix/world.ts";

const world = await makeMatrixWorld();
/** MALFORMED=100 npx vitest run … sends more. */
const PER_ROUTE = Number(process.env.MALFORMED ?? 20);
const agent = new http.Agent({ keepAlive: true });
afterAll(() => agent.destroy());

/** Texts that broke somebody once: too long, no text at all, numbers beyond measure, names of prototypes, ends of other languages. */
const TEXTS = [
  ...[["1e308"], ["1.5"], ["-1"], ["x", "y"], ["", ""], ["9".repeat(99), "\0"]].map(toCursor),
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "x".repeat(20_000),
  "知".repeat(5000),
  "../../etc/passwd",
  "..%2f..%2fetc",
  "%",
  "%00",
  "'; drop table pages; --",
  '" or 1=1',
  "<script>alert(1)</script>",
  "{{7*7}}",
  "<%= 7*7 %>",
  "__proto__",
  "constructor",
  "1e309",
  "-1",
  "-0",
  "NaN",
  "Infinity",
  "0x10",
  "９９",
  "9".repeat(400),
  "2147483648",
  "9007199254740993",
  "null",
  "undefined",
  "[]",
  "{}",
  "2026-99-99",
  "2026-02-30T25:61:61Z",
  "+275760-09-13T00:00:00.000Z",
  "0000-00-00",
  "a,b;c",
  "*",
  "a*",
  '"',
  "((((",
  "a AND",
  "-x",
  "space:",
  'customer:"',
  "\u202e\u2066",
  "👩‍👩‍👧‍👦",
  "\r\nX: y",
  "person:",
  "department:nope",
];
/** What is no text, where a text may be expected. */
const OTHERS = [0, -1, 1.5, 1e308, -1e308, true, false, null, [], {}, [[]], [null], { a: { b: 1 } }, [1, "a", {}]];
const BODIES = [
  '{"a":',
  "",
  "null",
  "1",
  '"x"',
  "[]",
  "[[[[",
  '{"__proto__":{"admin":true}}',
  "{".repeat(5000),
  `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
  `{"x":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
  '{"a":1,"a":2}',
  "\0",
  "\ufeff{}",
  "a=1&a=2&a[b]=3&__proto__[x]=1",
  "%E0%A4%A=%",
  "&".repeat(5000),
  "title=%ED%A0%80&body=%00",
  "x=".repeat(3000),
  '{"id":1e999}',
  "{'a':1}",
  "<xml/>",
];
const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "text/plain",
  "multipart/form-data",
  "application/json; charset=utf-7",
  ";;",
  'application/json; charset="',
  "",
];

type Asked = { method: string; path: string; headers: Record<string, string>; body?: string | Buffer };

test("no malformed request to any route is answered with 5xx, or ends the server", async () => {
  const random = seeded(20_261_122);
  const failed: string[] = [];
  let sent = 0;
  for (const route of routes) {
    const copy = await serveCopy(world);
    const server = await listening(copy.app);
    const people = await Promise.all(["root", "lan", "guest", null].map((login) => copy.headersOf(login)));
    for (let i = 0; i < PER_ROUTE; i++) {
      const asked = malform(route, random, random.pick(people));
      const { status, text } = await send(server, asked);
      sent += 1;
      if (status >= 500 || /at .*\.ts:\d+|node_modules/.test(text))
        failed.push(`${status} ${asked.method} ${asked.path.slice(0, 200)} ${String(asked.body ?? "").slice(0, 300)}`);
    }
    server.close();
    await copy.stop();
  }
  expect(failed).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(2000);
}, 600_000);

test("bytes that are no HTTP are refused, and the next request is served", async () => {
  const { app, stop } = await serveCopy(world);
  const server = await listening(app);
  for (const bytes of [
    "\0\0\0\0\r\n\r\n",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "BREW /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n",
    `GET /${"a".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\n${"X: y\r\n".repeat(5000)}\r\n`,
    "GET / HTTP/1.1\r\n\r\n",
    "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
  ]) {
    const answer = await sendBytes(server, bytes);
    expect(answer.slice(0, 40)).toMatch(/^$|^HTTP\/1\.1 [234]\d\d /);
  }
  expect((await send(server, { method: "GET", path: "/login", headers: {} })).status).toBe(200);
  server.close();
  await stop();
});

/** A valid request with one thing wrong with it, or several. */
function malform(route: Route, random: Random, headers: Record<string, string>): Asked {
  const [valid] = TABLE[`${route.method} ${route.path}`] ?? [{}];
  const { path, fields } = filled(route.path, valid, world.names);
  const method = random.chance(0.05) ? random.pick(["HEAD", "OPTIONS", "PATCH", "TRACE"]) : route.method.toUpperCase();
  const bent = random.chance(0.4) ? bendPath(route, random, path) : path;
  const key = random.chance(0.2) ? { "Idempotency-Key": random.pick(["k", "x".repeat(5000), "%00"]) } : {};
  const all = { ...headers, ...key, "Accept-Language": random.pick(["zh", "en", "xx-;q=9", "*"]) };
  if (route.method === "get") return { method, path: `${bent}?${bendQuery(route, fields, random)}`, headers: all };
  const raw = random.chance(0.3);
  if (method !== route.method.toUpperCase()) return { method, path: bent, headers: all };
  const type = raw ? random.pick(TYPES) : { json: TYPES[0], form: TYPES[1] }[typeOf(route)];
  const body = raw ? random.pick(BODIES) : bendBody(route, fields, random);
  const length = String(Buffer.byteLength(body));
  return { method, path: bent, headers: { ...all, "Content-Type": type ?? "", "Content-Length": length }, body };
}

function bendPath(route: Route, random: Random, path: string): string {
  const parts = path.split("/");
  const variable = route.path.split("/").flatMap((part, i) => (/^[:*{]/.test(part) ? [i] : []));
  const at = variable.length > 0 ? random.pick(variable) : parts.length - 1;
  const text = random.pick(TEXTS).slice(0, 400).toWellFormed();
  const bent = parts
    .with(Math.min(at, parts.length - 1), random.chance(0.8) ? encodeURIComponent(text) : "%E0%A4%A")
    .join("/");
  return bent.startsWith("/") ? bent : `/${bent}`;
}

function bendQuery(route: Route, fields: object, random: Random): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) query.append(name, String(value));
  const names = [...fieldsOf(route.query), "unknown", "__proto__", "a[b]"];
  for (let i = 0; i <= random.below(3); i++) query.append(random.pick(names), random.pick(TEXTS).slice(0, 400));
  return random.chance(0.1) ? `${query}&%E0%A4%A=%&&=` : String(query);
}

function bendBody(route: Route, fields: object, random: Random): string {
  const names = [...Object.keys(fields), ...fieldsOf(route.body), "id", "unknown", "__proto__", "csrf"];
  const bent: [string, unknown][] = [...Object.entries(fields)];
  for (let i = 0; i <= random.below(3); i++)
    bent.push([random.pick(names), random.chance(0.5) ? random.pick(TEXTS) : random.pick<unknown>(OTHERS)]);
  if (typeOf(route) === "json")
    return `{${bent.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
  const form = new URLSearchParams();
  for (const [name, value] of bent) for (const one of [value].flat()) form.append(name, String(one));
  return String(form);
}

const fieldsOf = (schema: z.ZodType | undefined): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

async function listening(app: Parameters<typeof createServer>[1] & object): Promise<Server> {
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address ? address.port : 0;
};

function send(server: Server, { method, path, headers, body }: Asked): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { port: portOf(server), host: "127.0.0.1", method, path, headers, agent },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    request.on("error", (cause) => reject(new Error(`${method} ${path.slice(0, 300)}`, { cause })));
    request.end(body);
  });
}

function sendBytes(server: Server, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(portOf(server), "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(300, () => socket.destroy());
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
  });
}
