import { join } from "node:path";
import express from "express";
import pino from "pino";
import supertest from "supertest";
import { meet } from "../../../src/access/view-as.ts";
import type { Viewer } from "../../../src/access/viewer.ts";
import { readConfig } from "../../../src/config.ts";
import type { Db } from "../../../src/db/open.ts";
import { buildAssets } from "../../../src/views/assets.ts";
import { createViews } from "../../../src/views/engine.ts";
import type { Login } from "../../support/cast.ts";
import { openSqlite } from "../../support/db.ts";
import { changeHidden } from "./hide.ts";
import { seeded } from "./random.ts";
import { type Ask, askable, drawAsk } from "./requests.ts";
import type { World } from "./world.ts";

const ROOT = join(import.meta.dirname, "../../..");
const NOW = "2026-11-03T08:00:00.000Z";
const assets = await buildAssets(join(ROOT, "static"));
const views = createViews(join(ROOT, "views"), assets);

/** Called for every request with the database it reads; the planted leaks need to know. */
export type Around = (db: Db, run: () => void) => void;

/** As whom somebody views: `person:ID` or `department:ID`, and how they see the world themselves. */
export type Target = { target: string; viewer: Viewer };

/** A request that was answered differently although the two worlds differ only in what the viewer cannot see. */
export type Difference = { ask: Ask; one: string; other: string };

/**
 * Replays one random trace of requests by `login` against a world and against a copy in which only hidden things were changed.
 * @returns the first difference between the answers, or undefined when there is none
 */
export async function findInterference(
  world: World,
  login: Login,
  options: { seed: number; length: number; around?: Around; via?: RegExp; viewAs?: Target },
): Promise<Difference | undefined> {
  const { createApp, routes } = await import("../../../src/app.ts");
  const self = await world.cast.viewer(login);
  const viewer = options.viewAs ? meet(self, options.viewAs.viewer) : self;
  const changed = await openSqlite(world.bytes);
  if ((await changeHidden(changed, world, viewer, options.seed)) === 0) return undefined;
  const servers = await Promise.all(
    [await openSqlite(world.bytes), changed].map((db) => serve(createApp, db, { personId: self.id, ...options })),
  );
  const random = seeded(options.seed + 3_000_000);
  const asked = askable(routes).filter((route) => options.via?.test(route.path) ?? true);
  for (let i = 0; i < options.length; i++) {
    const ask = drawAsk(random.pick(asked), random, world);
    const [one = "", other = ""] = await Promise.all(servers.map((server) => server(ask, i)));
    if (one !== other) return { ask, one, other };
  }
  return undefined;
}

type CreateApp = typeof import("../../../src/app.ts")["createApp"];

/** Clock, random numbers and session are the same on both sides; only the rows differ. */
async function serve(
  createApp: CreateApp,
  db: Db,
  as: { personId: string; around?: Around; viewAs?: Target },
): Promise<(ask: Ask, i: number) => Promise<string>> {
  const { digest, startSession } = await import("../../../src/http/session.ts");
  const { cacheViewers } = await import("../../../src/http/viewers.ts");
  let random = seeded(4_000_000);
  const deps = {
    config: readConfig({}, { dataDir: "/nowhere" }),
    db,
    assets,
    views,
    log: pino({ level: "silent" }),
    viewers: cacheViewers(db),
    now: () => NOW,
    random: (size: number) => random.bytes(size),
  };
  const app = express();
  app.use((_req, _res, next) => (as.around ? as.around(db, next) : next()), createApp(deps));
  const { secret, csrf } = await startSession(deps, as.personId);
  const until = "2026-11-03T09:00:00.000Z";
  const row = { session_hash: digest(secret), target: as.viewAs?.target ?? "", started_at: NOW, until };
  if (as.viewAs) await db.insertInto("view_as").values(row).execute();
  return async (ask, i) => {
    random = seeded(i + 2_000_000);
    return textOf(await send(supertest(app), ask, { cookie: `zhike-session=${secret}`, csrf }));
  };
}

function send(
  agent: ReturnType<typeof supertest>,
  ask: Ask,
  session: { cookie: string; csrf: string },
): supertest.Test {
  const test = agent[ask.method](ask.path).set("Cookie", session.cookie).set("X-CSRF-Token", session.csrf).redirects(0);
  if (ask.method === "get" || ask.method === "head") return test;
  return ask.api ? test.send(ask.fields) : test.type("form").send(encoded(ask.fields));
}

function encoded(fields: Record<string, unknown>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, String(one));
  return form.toString();
}

/** Status, headers and body; of the headers only those that hold the clock of the machine are left out. */
function textOf(answer: supertest.Response): string {
  const { date: _, connection: __, "keep-alive": ___, ratelimit: ____, ...headers } = answer.headers;
  const body = Buffer.isBuffer(answer.body) ? answer.body.toString("base64") : answer.text;
  return `${answer.status}\n${JSON.stringify(headers, null, 1)}\n\n${body ?? ""}`;
}
