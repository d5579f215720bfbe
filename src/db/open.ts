import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Dialect, Kysely, type RawBuilder } from "kysely";
import { postgresEngine } from "./engines/postgres.ts";
import { sqliteEngine } from "./engines/sqlite.ts";
import type { Schema } from "./schema.ts";

/** All that differs between the two databases. */
export type Engine = {
  name: "sqlite" | "postgres";
  dialect: Dialect;
  /** A subquery with one column `id`, a row for each text of a JSON array. */
  jsonList: (json: string) => RawBuilder<{ id: string }>;
  isUniqueViolation: (error: unknown) => boolean;
  /** Writes a consistent copy of the whole database into a new file. */
  saveCopy: (to: string) => Promise<void>;
  /**
   * Leaves nothing of what was deleted in the files. Slow: everything is written anew.
   * @param tables those from which something was deleted
   */
  sweep: (tables: readonly string[]) => Promise<void>;
  /** The whole database as bytes (embedded engine only). */
  serialize?: () => Buffer;
};

export type Db = Kysely<Schema> & { engine: Engine };

/** Opens the database of an instance: `databaseUrl` if set, else the file zhike.db in `dataDir`. */
export function openDatabase(place: { dataDir: string; databaseUrl?: string | undefined }): Db {
  if (place.databaseUrl) return databaseOf(postgresEngine(place.databaseUrl));
  mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
  return databaseOf(sqliteEngine(join(place.dataDir, "zhike.db")));
}

export function databaseOf(engine: Engine): Db {
  return Object.assign(new Kysely<Schema>({ dialect: engine.dialect }), { engine });
}
