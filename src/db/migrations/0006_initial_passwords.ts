import type { Kysely } from "kysely";

/** A password that an administrator gave and its owner has not replaced yet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("credentials").addColumn("initial_at", "text").execute();
}
