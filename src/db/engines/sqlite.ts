import Database from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import type { Engine } from "../open.ts";

/**
 * The embedded engine: one file, one writer, every commit on the disk before it is acknowledged.
 * @param file path of the database, or ":memory:"
 */
export function sqliteEngine(file: string, options: { snapshot?: Buffer } = {}): Engine {
  const database = options.snapshot ? new Database(options.snapshot) : new Database(file);
  for (const pragma of PRAGMAS) database.pragma(pragma);
  return {
    name: "sqlite",
    dialect: dialectOver(withCachedStatements(database)),
    jsonList: (json) => sql`select value as id from json_each(${json})`,
    isUniqueViolation: (error) =>
      hasCode(error, "SQLITE_CONSTRAINT_UNIQUE") || hasCode(error, "SQLITE_CONSTRAINT_PRIMARYKEY"),
    saveCopy: async (to) => void database.prepare("vacuum into ?").run(to),
    sweep: async () => {
      database.exec("vacuum");
      const emptied = database.prepare<[], { busy: number }>("pragma wal_checkpoint(truncate)").get();
      if (emptied?.busy !== 0)
        throw new Error("somebody else reads the database: the write-ahead log could not be emptied");
    },
    serialize: () => database.serialize(),
  };
}

const PRAGMAS = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "foreign_keys = ON",
  "busy_timeout = 5000",
  "trusted_schema = OFF",
  "secure_delete = ON",
  "cell_size_check = ON",
  "journal_size_limit = 67108864",
];

const STATEMENTS_KEPT = 500;

/** Kysely prepares the same text again on every call; preparing costs more than running. */
function withCachedStatements(database: Database.Database): Pick<Database.Database, "prepare" | "close"> {
  const statements = new Map<string, Database.Statement>();
  const prepare = (text: string) => {
    const statement = statements.get(text) ?? database.prepare(text);
    statements.delete(text);
    statements.set(text, statement);
    if (statements.size > STATEMENTS_KEPT) statements.delete(statements.keys().next().value ?? "");
    return statement;
  };
  return { prepare: prepare as typeof database.prepare, close: () => database.close() };
}

const dialectOver = (database: Pick<Database.Database, "prepare" | "close">): Dialect => ({
  createAdapter: () => new TransactionalDdlAdapter(),
  createDriver: () => new ImmediateDriver({ database }),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new PlanOnceCompiler(),
});

/** Behind a plus the planner does not look at a value, so a kept statement is not prepared anew for the next one. */
class PlanOnceCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return "+?";
  }
}

/** Takes the write lock at the start, so that a transaction never fails half way for want of it. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** Without this Kysely leaves half of a failed migration behind. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
