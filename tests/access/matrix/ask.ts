import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pino from "pino";
import supertest from "supertest";
import { createApp } from "../../../src/app.ts";
import { readConfig } from "../../../src/config.ts";
import type { Route } from "../../../src/http/route.ts";
import { startSession } from "../../../src/http/session.ts";
import { cacheViewers } from "../../../src/http/viewers.ts";
import { buildAssets } from "../../../src/views/assets.ts";
import { createViews } from "../../../src/views/engine.ts";
import { testClock } from "../../support/cast.ts";
import { openSqlite } from "../../support/db.ts";
import { type MatrixWorld, type Names, PERSONAS } from "./world.ts";

const ROOT = join(import.meta.dirname, "../../..");
const assets = await buildAssets(join(ROOT, "static"));
const views = createViews(join(ROOT, "views"), assets);
const clock = testClock("2026-11-03T08:00:00.000Z");

/** What is sent: values for the parameters of the path, and for the query or the body. `$name` stands for a name of the world. */
export type Sent = { [field: string]: unknown };
/** `expected`: the statuses in the order of PERSONAS. */
export type Row = [sent: Sent, expected: string];

/**
 * Puts a request of each persona to a copy of the world: reads share one, each write gets its own.
 * @returns the statuses, in the order of PERSONAS
 */
export async function askAll(world: MatrixWorld, route: Route, sent: Sent): Promise<string> {
  const statuses: number[] = [];
  let copy = await serveCopy(world);
  for (const login of Object.values(PERSONAS)) {
    statuses.push(await ask(copy, route, { login, ...filled(route.path, sent, world.names) }));
    if (route.method !== "get") {
      await copy.stop();
      copy = await serveCopy(world);
    }
  }
  await copy.stop();
  return statuses.join(" ");
}

/**
 * Puts one request twice, about what a persona cannot see and about what does not exist.
 * @returns the two answers with the ids made equal: status, headers and body
 */
export async function askTwice(
  world: MatrixWorld,
  route: Route,
  { login, sent }: { login: string; sent: Sent },
): Promise<[hidden: string, missing: string]> {
  const copy = await serveCopy(world);
  const headers = await copy.headersOf(login);
  const nothing = Object.fromEntries(Object.keys(world.names).map((name) => [name, MISSING]));
  const answers: string[] = [];
  for (const names of [world.names, nothing]) {
    const answer = await send(copy, route, { headers, ...filled(route.path, sent, names) });
    answers.push(bare(answer, Object.values(names)));
  }
  await copy.stop();
  const [hidden = "", missing = ""] = answers;
  return [hidden, missing];
}

const MISSING = "AAAAAAAAAAAAAAAA";

/** An answer without what differs between any two: the clock of the machine, nonces, and the ids that were asked for. */
function bare(answer: supertest.Response, ids: string[]): string {
  const { date: _, connection: __, "content-length": ___, ...headers } = answer.headers;
  const text = `${answer.status} ${JSON.stringify(headers)} ${answer.text}`.replace(/nonce[-=]["']?[\w-]+/g, "nonce");
  return ids.toSorted((a, b) => b.length - a.length).reduce((left, id) => left.replaceAll(id, "ID"), text);
}

type Copy = Awaited<ReturnType<typeof serveCopy>>;

async function ask(
  copy: Copy,
  route: Route,
  { login, path, fields }: { login: string | null; path: string; fields: object },
): Promise<number> {
  const headers = await copy.headersOf(login);
  const before = route.method === "get" ? undefined : copy.bytes();
  const { status } = await send(copy, route, { headers, path, fields });
  if (before && status >= 400 && !COUNTED.test(route.path) && !copy.bytes()?.equals(before))
    throw new Error(`${route.method} ${route.path} said ${status} to ${login} and changed something`);
  return status;
}

/** Wrong passwords are counted, so that they can be throttled. */
const COUNTED = /^\/login|\/password$|^\/settings\/(second-factor|identity)/;

type Headers = Record<string, string>;

/** One request; of a form or a JSON body as the route has it. */
export async function send(
  { app }: Pick<Copy, "app">,
  route: Route,
  { headers, path, fields }: { headers: Headers; path: string; fields: object },
): Promise<supertest.Response> {
  const request = supertest(app)[route.method](path).set(headers).redirects(0);
  if (route.upload) return request.field({ ...fields }).attach("file", Buffer.from("a file"), "file.txt");
  return route.method === "get" ? request.query(fields) : request.type(typeOf(route)).send(fields);
}

/** The application over a copy of a world; `headersOf` makes a session for someone, or none. */
export async function serveCopy(world: MatrixWorld, environment: Record<string, string> = {}) {
  const db = await openSqlite(world.bytes);
  const deps = {
    config: readConfig(
      { API_PER_MINUTE: "1000000", SEARCH_PER_MINUTE: "1000000", ...environment },
      { dataDir: world.dataDir },
    ),
    db,
    assets,
    views,
    log: pino({ level: process.env.LOG_LEVEL ?? "silent" }),
    viewers: cacheViewers(db),
    now: clock.now,
    random: randomBytes,
  };
  return {
    app: createApp(deps),
    stop: () => db.destroy(),
    bytes: () => db.engine.serialize?.(),
    headersOf: async (login: string | null): Promise<Headers> => {
      if (login === null) return {};
      const person = await db.selectFrom("people").select("id").where("login", "=", login).executeTakeFirstOrThrow();
      const { secret, csrf } = await startSession(deps, person.id);
      return { Cookie: `zhike-session=${secret}`, "X-CSRF-Token": csrf };
    },
  };
}

export const typeOf = (route: Route): string => (route.path.startsWith("/api/") ? "json" : "form");

/** Parameters go into the path, what is left is sent, with what is in `also`; optional parts of a path are left out. */
export function filled(pattern: string, sent: Sent, names: Names): { path: string; fields: object } {
  const values: Sent = JSON.parse(JSON.stringify(sent).replace(/\$(\w+)/g, (_, name: string) => names[name] ?? "?"));
  const bare = pattern.replace(/\{[^}]*\}/g, "");
  const path = bare.replace(/[:*](\w+)/g, (_, name: string) => encodeURIComponent(String(values[name] ?? "missing")));
  const inPath = new Set(["also", ...[...bare.matchAll(/[:*](\w+)/g)].map(([, name]) => name)]);
  const rest = Object.entries(values).filter(([name]) => !inPath.has(name));
  return { path, fields: { ...Object.fromEntries(rest), ...Object(values.also) } };
}
