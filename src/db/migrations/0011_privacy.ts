import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Who looked at a contact's data, what a contact agreed to, and who was erased: three lists that only grow. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("contacts").addColumn("erased_at", "text").execute();
  await createTable(db, "looks", ["person_id", "at", "how", "fields"]);
  await createTable(db, "consents", ["channel", "status", "source", "at", "created_at", "created_by"], ["erased_at"]);
  await createTable(db, "erasures", ["at", "person_id", "reason", "digests", "counts"]);
  const statements = db.getExecutor().adapter instanceof PostgresAdapter ? POSTGRES : SQLITE;
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** A table about contacts, each row with an id of its own, found by contact and by customer. */
async function createTable(db: Kysely<unknown>, name: string, texts: string[], optional: string[] = []): Promise<void> {
  const table = db.schema
    .createTable(name)
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("contact_id", "text", (c) => c.notNull().references("contacts.id"))
    .addColumn("customer_id", "text", (c) => c.notNull().references("customers.id"));
  const filled = texts.reduce((t, column) => t.addColumn(column, "text", (c) => c.notNull()), table);
  await optional.reduce((t, column) => t.addColumn(column, "text"), filled).execute();
  for (const column of ["contact_id", "customer_id"])
    await db.schema.createIndex(`${name}_${column}`).on(name).columns([column, "at"]).execute();
}

const KEPT = ["looks", "consents", "erasures"];
/** The one change that is let through: the words of the source are erased with the person, and when. */
const ERASES = `old.erased_at is null and new.erased_at is not null and new.source = '' and new.id = old.id
  and new.contact_id = old.contact_id and new.customer_id = old.customer_id and new.channel = old.channel
  and new.status = old.status and new.at = old.at and new.created_at = old.created_at and new.created_by = old.created_by`;
const changeable = (table: string): string => (table === "consents" ? `when (not (${ERASES}))` : "");
const refusal = (table: string): string => `the list of ${table} only grows`;

const SQLITE = KEPT.flatMap((table) => [
  `create trigger ${table}_kept before delete on ${table} begin select raise(abort, '${refusal(table)}'); end`,
  `create trigger ${table}_unchanged before update on ${table} ${changeable(table)}
    begin select raise(abort, '${refusal(table)}'); end`,
]);

const POSTGRES = [
  `create function refuse_privacy_change() returns trigger language plpgsql as
    $$ begin raise exception 'the list of % only grows', tg_table_name; end $$`,
  ...KEPT.flatMap((table) => [
    `create trigger ${table}_kept before delete on ${table} for each row execute function refuse_privacy_change()`,
    `create trigger ${table}_whole before truncate on ${table} for each statement execute function refuse_privacy_change()`,
    `create trigger ${table}_unchanged before update on ${table} for each row ${changeable(table)}
      execute function refuse_privacy_change()`,
  ]),
];
