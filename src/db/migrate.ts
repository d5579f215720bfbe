import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Migration, Migrator } from "kysely/migration";
import * as people from "./migrations/0001_people.ts";
import * as access from "./migrations/0002_access.ts";
import * as pages from "./migrations/0003_pages.ts";
import * as customers from "./migrations/0004_customers.ts";
import * as search from "./migrations/0005_search.ts";
import * as initialPasswords from "./migrations/0006_initial_passwords.ts";
import * as audit from "./migrations/0007_audit.ts";
import * as viewAs from "./migrations/0008_view_as.ts";
import * as signIn from "./migrations/0009_sign_in.ts";
import * as administration from "./migrations/0010_administration.ts";
import * as privacy from "./migrations/0011_privacy.ts";
import type { Db } from "./open.ts";

const MIGRATIONS: Record<string, Pick<Migration, "up">> = {
  "0001_people": people,
  "0002_access": access,
  "0003_pages": pages,
  "0004_customers": customers,
  "0005_search": search,
  "0006_initial_passwords": initialPasswords,
  "0007_audit": audit,
  "0008_view_as": viewAs,
  "0009_sign_in": signIn,
  "0010_administration": administration,
  "0011_privacy": privacy,
};

/**
 * Brings the database to the newest schema. A step that fails leaves nothing behind.
 * @param backupDir where the embedded engine saves a copy first, when there is something to lose
 * @throws when a step fails, or when the database was made by a newer version
 */
export async function migrate(
  db: Db,
  options: { backupDir?: string; migrations?: Record<string, Pick<Migration, "up">> } = {},
): Promise<string[]> {
  const migrations = options.migrations ?? MIGRATIONS;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const steps = await migrator.getMigrations();
  await refuseNewerSchema(db, migrations);
  const pending = steps.filter((step) => !step.executedAt);
  if (options.backupDir && pending.length > 0 && pending.length < steps.length && db.engine.name === "sqlite") {
    await copyBefore(db, options.backupDir, pending[0]?.name ?? "");
  }
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
}

/** Whether the database answers, and has just the schema that this version knows. */
export async function isMigrated(db: Db): Promise<boolean> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  await refuseNewerSchema(db, MIGRATIONS);
  return (await migrator.getMigrations()).every((step) => step.executedAt !== undefined);
}

async function refuseNewerSchema(db: Db, known: Record<string, unknown>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return;
  const applied = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .orderBy("name")
    .execute();
  const unknown = applied.filter((row) => !(row.name in known)).map((row) => row.name);
  if (unknown.length > 0)
    throw new Error(
      `This data was written by a newer version (${unknown.join(", ")}). Start that version, or restore a backup.`,
    );
}

async function copyBefore(db: Db, dir: string, step: string): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  await db.engine.saveCopy(join(dir, `before-${step}-${new Date().toISOString().replace(/[:.]/g, "-")}.db`));
}
