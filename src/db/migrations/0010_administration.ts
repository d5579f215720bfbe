import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("invitations")
    .addColumn("person_id", "text", (c) => c.primaryKey().references("people.id"))
    .addColumn("hash", "text", (c) => c.notNull().unique())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("created_by", "text", (c) => c.notNull())
    .addColumn("expires_at", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("break_glass")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("session_hash", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("started_at", "text", (c) => c.notNull())
    .addColumn("until", "text", (c) => c.notNull())
    .addColumn("ended_at", "text")
    .execute();
  await db.schema.createIndex("break_glass_session").on("break_glass").column("session_hash").execute();
  await db.schema
    .createTable("break_glass_notices")
    .addColumn("break_glass_id", "text", (c) => c.notNull().references("break_glass.id"))
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("seen_at", "text")
    .addPrimaryKeyConstraint("break_glass_notices_pk", ["person_id", "break_glass_id"])
    .execute();
}
