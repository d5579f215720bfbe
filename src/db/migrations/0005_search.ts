import { type Kysely, PostgresAdapter, sql } from "kysely";

/** The index of search (src/search). `t` is a 47-bit hash of its term, `d` a number counted up, `i` see search/bm25.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await createDocuments(db, isPostgres);
  await createTerms(db, isPostgres);
  await db.schema
    .createTable("search_scope")
    .addColumn("scope_id", "text", (c) => c.primaryKey())
    .addColumn("docs", "integer", (c) => c.notNull())
    .addColumn("total_length", "bigint", (c) => c.notNull())
    .execute();
}

/** Ranking reads a row of search_doc for every posting, so what it does not need is kept apart. */
async function createDocuments(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  await db.schema
    .createTable("search_doc")
    .addColumn("d", "integer", (c) => (isPostgres ? c.generatedByDefaultAsIdentity().primaryKey() : c.primaryKey()))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("ref_id", "text", (c) => c.notNull())
    .addColumn("scope_id", "text", (c) => c.notNull())
    .addColumn("len_bucket", "integer", (c) => c.notNull())
    .addColumn("analyzer_version", "integer", (c) => c.notNull())
    .addUniqueConstraint("search_doc_ref", ["kind", "ref_id"])
    .execute();
  await db.schema
    .createTable("search_content")
    .addColumn("d", "integer", (c) => c.primaryKey())
    .addColumn("title_key", "text", (c) => c.notNull())
    .addColumn("name_keys", "text", (c) => c.notNull())
    .addColumn("postings", isPostgres ? "bytea" : "blob", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("search_doc_scope").on("search_doc").column("scope_id").execute();
}

/** The rows are their own index: SQLite keeps them in the key's tree, PostgreSQL reads the postings off their index alone. */
async function createTerms(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  const ownIndex = sql.raw(isPostgres ? "" : "without rowid");
  const withPosting = sql.raw(isPostgres ? "include (i)" : "");
  const byCodePoint = sql.raw(isPostgres ? 'collate "C"' : "");
  await sql`create table search_term (t bigint primary key, term text not null ${byCodePoint})`.execute(db);
  await db.schema.createIndex("search_term_term").on("search_term").column("term").execute();
  await sql`create table search_posting (t bigint not null, d integer not null, i integer not null,
    primary key (t, d) ${withPosting}) ${ownIndex}`.execute(db);
  await sql`create table search_df (t bigint not null, scope_id text not null, df integer not null,
    primary key (t, scope_id)) ${ownIndex}`.execute(db);
}
