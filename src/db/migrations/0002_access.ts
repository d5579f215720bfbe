import type { Kysely } from "kysely";

export async function up(db: Kysely<{ access_version: { id: number; version: number } }>): Promise<void> {
  await db.schema
    .createTable("scopes")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("parent_id", "text", (c) => c.references("scopes.id"))
    .addColumn("department_id", "text", (c) => c.references("departments.id"))
    .addColumn("name", "text")
    .addColumn("restricted_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("scopes_parent").on("scopes").column("parent_id").execute();
  await db.schema
    .createTable("scope_entries")
    .addColumn("scope_id", "text", (c) => c.notNull().references("scopes.id"))
    .addColumn("principal", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("level", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("created_by", "text")
    .addPrimaryKeyConstraint("scope_entries_pk", ["scope_id", "principal", "kind"])
    .execute();
  await db.schema.createIndex("scope_entries_principal").on("scope_entries").column("principal").execute();
  await db.schema
    .createTable("access_version")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("version", "integer", (c) => c.notNull())
    .execute();
  await db.insertInto("access_version").values({ id: 1, version: 1 }).execute();
  await db.schema
    .createTable("events")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("actor_id", "text")
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("subject_kind", "text", (c) => c.notNull())
    .addColumn("subject_id", "text", (c) => c.notNull())
    .addColumn("payload", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("events_subject").on("events").columns(["subject_kind", "subject_id", "at"]).execute();
  await db.schema.createIndex("events_at").on("events").column("at").execute();
}
