import { sql } from "kysely";
import type { Db } from "./open.ts";

/** What the database itself finds wrong with its file, in its own words; nothing on an engine that checks by itself. */
export async function findDamage(db: Db): Promise<string[]> {
  if (db.engine.name !== "sqlite") return [];
  const pages = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  const keys = await sql<{ table: string; parent: string }>`pragma foreign_key_check`.execute(db);
  return [
    ...pages.rows.map((row) => row.integrity_check).filter((found) => found !== "ok"),
    ...keys.rows.map((row) => `${row.table} names a row of ${row.parent} that is not there`),
  ];
}
