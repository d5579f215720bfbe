import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import pino from "pino";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";
import { migrate } from "./db/migrate.ts";
import { type Db, openDatabase } from "./db/open.ts";
import type { Deps } from "./http/deps.ts";
import { cacheViewers } from "./http/viewers.ts";
import { buildAssets } from "./views/assets.ts";
import { createViews } from "./views/engine.ts";

const ROOT = join(import.meta.dirname, "..");

export type Running = { url: string; stop: () => Promise<void> };

/** Opens the data of an instance and brings it up to date. */
export async function openInstance(config: Config): Promise<Db> {
  const db = openDatabase(config);
  await migrate(db, { backupDir: join(config.dataDir, "backups") });
  return db;
}

/** All the application needs, with the real clock and real randomness. */
export async function makeDeps(config: Config, db: Db): Promise<Omit<Deps, "navigation">> {
  const assets = await buildAssets(join(ROOT, "static"));
  return {
    config,
    db,
    assets,
    views: createViews(join(ROOT, "views"), assets),
    log: pino({ level: config.logLevel }),
    viewers: cacheViewers(db),
    now: () => new Date().toISOString(),
    random: randomBytes,
  };
}

/**
 * Serves an instance until `stop`: what is under way is finished, then the database is closed.
 * Slow clients are cut off, so that they cannot hold the server (quality.md, Faults).
 */
export async function start(config: Config, db: Db): Promise<Running> {
  const app = createApp(await makeDeps(config, db));
  const server = createServer({ headersTimeout: 5000, requestTimeout: 30_000, connectionsCheckingInterval: 1000 }, app);
  server.maxConnections = 2000;
  const port = await listen(server, config);
  return { url: `http://${config.host}:${port}`, stop: () => stop(server, db) };
}

function listen(server: Server, config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : config.port);
    });
  });
}

async function stop(server: Server, db: Db): Promise<void> {
  server.closeIdleConnections();
  await new Promise((resolve) => server.close(resolve));
  await db.destroy();
}
