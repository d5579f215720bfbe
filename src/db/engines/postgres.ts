import { PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Engine } from "../open.ts";

/**
 * The engine for more than one machine: any server that speaks PostgreSQL's protocol.
 * @param url postgres://user:password@host:port/database
 */
export function postgresEngine(url: string): Engine {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  return {
    name: "postgres",
    dialect: new PostgresDialect({ pool }),
    jsonList: (json) => sql`select jsonb_array_elements_text(${json}::jsonb) as id`,
    isUniqueViolation: (error) => error instanceof Error && "code" in error && error.code === "23505",
    sweep: async (tables) => {
      for (const table of tables) await pool.query(`vacuum full ${pg.escapeIdentifier(table)}`);
    },
    saveCopy: async () => {
      throw new Error("Back up PostgreSQL with pg_dump: a copy of the file exists only with the embedded engine.");
    },
  };
}
