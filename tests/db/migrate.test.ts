import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { sqliteEngine } from "../../src/db/engines/sqlite.ts";
import { migrate } from "../../src/db/migrate.ts";
import { type Db, databaseOf, openDatabase } from "../../src/db/open.ts";
import { openTestDatabase } from "../support/db.ts";

const steps = {
  "0001_first": { up: async (db: Kysely<unknown>) => db.schema.createTable("first").addColumn("id", "text").execute() },
  "0002_breaks": {
    up: async (db: Kysely<unknown>) => {
      await db.schema.createTable("second").addColumn("id", "text").execute();
      throw new Error("the disk caught fire");
    },
  },
};
const tablesOf = async (db: Db) => (await db.introspection.getTables()).map((table) => table.name).sort();
const empty = () => databaseOf(sqliteEngine(":memory:"));

describe("migrations", () => {
  test("a step that fails leaves nothing behind and can be tried again", async () => {
    const db = empty();
    await expect(migrate(db, { migrations: steps })).rejects.toThrow("the disk caught fire");
    expect(await tablesOf(db)).toEqual([]);
    await migrate(db, { migrations: { "0001_first": steps["0001_first"] } });
    expect(await tablesOf(db)).toEqual(["first"]);
  });

  test("data of a newer version is refused, untouched", async () => {
    const db = empty();
    const newer = { "0001_first": steps["0001_first"], "9999_future": { up: async () => {} } };
    await migrate(db, { migrations: newer });
    await expect(migrate(db, { migrations: { "0001_first": steps["0001_first"] } })).rejects.toThrow(
      "newer version (9999_future)",
    );
    expect(await tablesOf(db)).toEqual(["first"]);
  });

  test("before old data is changed a copy of it is kept", async () => {
    const dir = mkdtempSync(join(tmpdir(), "zhike-migrate-"));
    const db = openDatabase({ dataDir: dir });
    const backupDir = join(dir, "backups");
    await migrate(db, { backupDir, migrations: { "0001_first": steps["0001_first"] } });
    await sql`insert into first (id) values ('kept')`.execute(db);
    await migrate(db, {
      backupDir,
      migrations: { "0001_first": steps["0001_first"], "0002_second": { up: async () => {} } },
    });
    const copies = readdirSync(backupDir);
    expect(copies).toHaveLength(1);
    const copy = databaseOf(sqliteEngine(join(backupDir, copies[0] ?? "")));
    expect((await sql<{ id: string }>`select id from first`.execute(copy)).rows).toEqual([{ id: "kept" }]);
    await db.destroy();
  });

  test("running them twice changes nothing", async () => {
    const db = await openTestDatabase();
    expect(await migrate(db)).toEqual([]);
  });
});

test("the embedded engine keeps what it acknowledged and holds its foreign keys", async () => {
  const dir = mkdtempSync(join(tmpdir(), "zhike-pragmas-"));
  const db = openDatabase({ dataDir: dir });
  await migrate(db);
  const pragma = async (name: string) =>
    Object.values((await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db)).rows[0] ?? {})[0];
  expect(await pragma("journal_mode")).toBe("wal");
  expect(await pragma("synchronous")).toBe(2);
  expect(await pragma("secure_delete")).toBe(1);
  const orphan = { department_id: "none", person_id: "none", role: "member" as const, created_at: "now" };
  await expect(db.insertInto("memberships").values(orphan).execute()).rejects.toThrow(/FOREIGN KEY/);
  await db.destroy();
});

test("both engines say alike that a unique key is taken", async () => {
  const db = await openTestDatabase();
  const add = () => db.insertInto("settings").values({ key: "a", value: "1" }).execute();
  await add();
  const error = await add().catch((reason: unknown) => reason);
  expect(db.engine.isUniqueViolation(error)).toBe(true);
  expect(db.engine.isUniqueViolation(new Error("other"))).toBe(false);
});
