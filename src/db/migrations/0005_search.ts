import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("search_doc")
    .addColumn("d", "integer", (c) => c.primaryKey())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("ref_id", "text", (c) => c.notNull())
    .addColumn("scope_id", "text", (c) => c.notNull())
    .addColumn("title_key", "text", (c) => c.notNull())
    .addColumn("len_bucket", "integer", (c) => c.notNull())
    .addColumn("analyzer_version", "integer", (c) => c.notNull())
    .addUniqueConstraint("search_doc_ref", ["kind", "ref_id"])
    .execute();
  await db.schema.createIndex("search_doc_scope").on("search_doc").column("scope_id").execute();
  await db.schema
    .createTable("search_term")
    .addColumn("t", "integer", (c) => c.primaryKey())
    .addColumn("term", "text", (c) => c.notNull().unique())
    .execute();
  await db.schema
    .createTable("search_posting")
    .addColumn("t", "integer", (c) => c.notNull())
    .addColumn("d", "integer", (c) => c.notNull())
    .addColumn("i", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("search_posting_pk", ["t", "d"])
    .execute();
  await db.schema
    .createTable("search_df")
    .addColumn("t", "integer", (c) => c.notNull())
    .addColumn("scope_id", "text", (c) => c.notNull())
    .addColumn("df", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("search_df_pk", ["t", "scope_id"])
    .execute();
  await db.schema
    .createTable("search_scope")
    .addColumn("scope_id", "text", (c) => c.primaryKey())
    .addColumn("docs", "integer", (c) => c.notNull())
    .addColumn("total_length", "integer", (c) => c.notNull())
    .execute();
}
