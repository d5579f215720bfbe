import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import type { Browser } from "playwright-core";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Db } from "../../src/db/open.ts";
import { loadDemo } from "../../src/demo/load.ts";
import { startSession } from "../../src/http/session.ts";
import { cacheViewers } from "../../src/http/viewers.ts";
import { buildAssets } from "../../src/views/assets.ts";
import { createViews } from "../../src/views/engine.ts";
import { launchBrowser } from "../support/browser.ts";
import { testClock } from "../support/cast.ts";
import { openSqlite } from "../support/db.ts";
import { type Site, serve } from "./site.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The demo company served on a port, and a browser to look at it. */
export type World = {
  db: Db;
  site: Site;
  browser: Browser;
  /** The secret of a new session of someone, for its cookie. */
  session: (login: string) => Promise<string>;
  close: () => Promise<void>;
};

/** Its people have chosen neither language nor theme, so that a test chooses for them; han.bing manages the company. */
export const openWorld = async (): Promise<World> => {
  const db = await openSqlite();
  const clock = testClock();
  const dataDir = mkdtempSync(join(tmpdir(), "browser-world-"));
  const assets = await buildAssets(join(ROOT, "static"));
  const deps = {
    config: readConfig({}, { dataDir }),
    db,
    assets,
    views: createViews(join(ROOT, "views"), assets),
    log: pino({ level: "silent" }),
    viewers: cacheViewers(db),
    now: clock.now,
    random: randomBytes,
  };
  await loadDemo({ db, clock, dataDir });
  await db.updateTable("people").set({ locale: null, theme: null }).execute();
  await manageAll(db, "han.bing");
  const [site, browser] = await Promise.all([serve(createApp(deps)), launchBrowser()]);
  const session = async (login: string): Promise<string> => {
    const person = await db.selectFrom("people").select("id").where("login", "=", login).executeTakeFirstOrThrow();
    return (await startSession(deps, person.id)).secret;
  };
  const close = async () => {
    await browser.close();
    await site.close();
  };
  return { db, site, browser, session, close };
};

const manageAll = async (db: Db, login: string): Promise<void> => {
  const person = await db.selectFrom("people").select("id").where("login", "=", login).executeTakeFirstOrThrow();
  const company = await db
    .selectFrom("departments")
    .select("id")
    .where("parent_id", "is", null)
    .executeTakeFirstOrThrow();
  await db
    .insertInto("memberships")
    .values({ person_id: person.id, department_id: company.id, role: "manager", created_at: new Date().toISOString() })
    .execute();
};
