import { PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Engine } from "../open.ts";

/**
 * The engine for more than one machine: any server that speaks PostgreSQL's protocol.
 * @param url postgres://user:password@host:port/database
 */
export function postgresEngine(url: string): Engine {
  return {
    name: "postgres",
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 10 }) }),
    jsonList: (json) => sql`select jsonb_array_elements_text(${json}::jsonb) as id`,
    isUniqueViolation: (error) => error instanceof Error && "code" in error && error.code === "23505",
    saveCopy: async () => {
      throw new Error("Back up PostgreSQL with pg_dump: a copy of the file exists only with the embedded engine.");
    },
  };
}
