import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Express } from "express";
import pino from "pino";
import supertest from "supertest";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Deps } from "../../src/http/deps.ts";
import { startSession } from "../../src/http/session.ts";
import { cacheViewers } from "../../src/http/viewers.ts";
import { buildAssets } from "../../src/views/assets.ts";
import { createViews } from "../../src/views/engine.ts";
import { type Cast, castIn, type Login } from "./cast.ts";
import { openTestDatabase } from "./db.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The application over a fresh database with the company of the tests. */
export type TestApp = Cast & {
  app: Express;
  /** A browser logged in as someone (fast: no password). Its forms carry the CSRF token by themselves. */
  browser: (login: Login) => Promise<Browser>;
  anonymous: () => ReturnType<typeof supertest.agent>;
};

export type Browser = {
  get: (path: string) => supertest.Test;
  /** Sends a form as a browser would. Repeat a field by giving an array. */
  post: (path: string, fields?: Record<string, string | string[]>) => supertest.Test;
  csrf: string;
  cookie: string;
};

const assets = buildAssets(join(ROOT, "static"));
const views = assets.then((built) => createViews(join(ROOT, "views"), built));

type Options = { cast?: Cast; dataDir?: string; environment?: Record<string, string> };

export async function testApp(options: Options = {}): Promise<TestApp> {
  const cast = options.cast ?? (await castIn(await openTestDatabase()));
  const deps = await testDeps(cast, options);
  const app = createApp(deps);
  return {
    ...cast,
    app,
    anonymous: () => supertest.agent(app),
    browser: browserFor(cast, deps, app),
  };
}

type TestDeps = Omit<Deps, "navigation">;

/** What an application over the company of the tests is made of. */
export async function testDeps(cast: Cast, options: Options = {}): Promise<TestDeps> {
  const shared = await assets;
  return {
    config: readConfig(
      { API_PER_MINUTE: "1000000", SEARCH_PER_MINUTE: "1000000", ...options.environment },
      { dataDir: options.dataDir ?? "/nowhere" },
    ),
    db: cast.db,
    assets: shared,
    views: await views,
    log: pino({ level: process.env["LOG_LEVEL"] ?? "silent" }),
    viewers: cacheViewers(cast.db),
    now: cast.clock.now,
    random: randomBytes,
  };
}

/** Browsers that ask `app`. */
export const browserFor =
  (cast: Cast, deps: TestDeps, app: Express) =>
  async (login: Login): Promise<Browser> => {
    const { id } = await cast.viewer(login);
    const { secret, csrf } = await startSession(deps, id);
    const cookie = `zhike-session=${secret}`;
    return {
      csrf,
      cookie,
      get: (path) => supertest(app).get(path).set("Cookie", cookie),
      post: (path, fields = {}) =>
        supertest(app)
          .post(path)
          .set("Cookie", cookie)
          .type("form")
          .send(encode({ ...fields, csrf })),
    };
  };

function encode(fields: Record<string, string | string[]>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
  return form.toString();
}
