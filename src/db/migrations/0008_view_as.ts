import type { Kysely } from "kysely";

/** As whom a browser session looks at the company at present; it ends with the session. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("view_as")
    .addColumn("session_hash", "text", (c) => c.primaryKey().references("sessions.hash").onDelete("cascade"))
    .addColumn("target", "text", (c) => c.notNull())
    .addColumn("started_at", "text", (c) => c.notNull())
    .addColumn("until", "text", (c) => c.notNull())
    .execute();
}
