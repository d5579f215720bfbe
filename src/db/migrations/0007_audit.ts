import { randomBytes } from "node:crypto";
import { type Kysely, PostgresAdapter, sql } from "kysely";
import { digestOf, GENESIS, hashOf } from "../event-chain.ts";
import type { Event } from "../schema.ts";

type Tables = {
  events: Event;
  events_before: Pick<Event, "id" | "at" | "actor_id" | "kind" | "subject_kind" | "subject_id" | "payload">;
  event_head: { id: number; seq: number; hash: string };
};

/** Chains the events: each entry holds the hash of the one before, and none can be changed or taken away. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const index of ["events_subject", "events_at"]) await db.schema.dropIndex(index).execute();
  await db.schema.alterTable("events").renameTo("events_before").execute();
  await createEvents(db);
  const head = await chainAll(db);
  await db.schema.dropTable("events_before").execute();
  await db.schema
    .createTable("event_head")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .execute();
  await db
    .insertInto("event_head")
    .values({ id: 1, ...head })
    .execute();
  await protect(db);
}

async function createEvents(db: Kysely<Tables>): Promise<void> {
  const texts = ["at", "kind", "subject_kind", "subject_id", "payload", "salt", "digest", "prev_hash", "hash"];
  const table = db.schema
    .createTable("events")
    .addColumn("seq", "integer", (c) => c.primaryKey())
    .addColumn("id", "text", (c) => c.notNull().unique())
    .addColumn("actor_id", "text")
    .addColumn("erased_at", "text");
  await texts.reduce((t, name) => t.addColumn(name, "text", (c) => c.notNull()), table).execute();
  const indexes = {
    events_subject: ["subject_kind", "subject_id", "at"],
    events_at: ["at"],
    events_actor: ["actor_id", "seq"],
    events_kind: ["kind", "seq"],
  };
  for (const [name, columns] of Object.entries(indexes))
    await db.schema.createIndex(name).on("events").columns(columns).execute();
}

const AT_ONCE = 500;

async function chainAll(db: Kysely<Tables>): Promise<{ seq: number; hash: string }> {
  let head = { seq: 0, hash: GENESIS, at: "", id: "" };
  for (;;) {
    const { at, id } = head;
    const rows = await db
      .selectFrom("events_before")
      .selectAll()
      .where((eb) => eb.or([eb("at", ">", at), eb.and([eb("at", "=", at), eb("id", ">", id)])]))
      .orderBy("at")
      .orderBy("id")
      .limit(AT_ONCE)
      .execute();
    const last = rows.at(-1);
    if (!last) return { seq: head.seq, hash: head.hash };
    const chained: Event[] = [];
    for (const row of rows) chained.push(chainAfter(chained.at(-1) ?? head, row));
    await db.insertInto("events").values(chained).execute();
    head = { ...head, ...chained.at(-1) };
  }
}

function chainAfter(before: { seq: number; hash: string }, row: Tables["events_before"]): Event {
  const salt = randomBytes(12).toString("base64url");
  const digest = digestOf({ salt, payload: row.payload });
  const sealed = { ...row, salt, digest, seq: before.seq + 1, prev_hash: before.hash, erased_at: null };
  return { ...sealed, hash: hashOf(sealed) };
}

const REFUSED = "the audit log only grows";
/** The one change that is let through: a payload is erased, and when. */
const ERASES = `old.erased_at is null and new.erased_at is not null and new.payload = '{}' and new.salt = ''
  and new.seq = old.seq and new.id = old.id and new.at = old.at and new.kind = old.kind
  and new.subject_kind = old.subject_kind and new.subject_id = old.subject_id and new.digest = old.digest
  and new.prev_hash = old.prev_hash and new.hash = old.hash and coalesce(new.actor_id, '') = coalesce(old.actor_id, '')`;

async function protect(db: Kysely<Tables>): Promise<void> {
  const statements = db.getExecutor().adapter instanceof PostgresAdapter ? POSTGRES : SQLITE;
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const SQLITE = [
  `create trigger events_kept before delete on events begin select raise(abort, '${REFUSED}'); end`,
  `create trigger events_unchanged before update on events when not (${ERASES})
    begin select raise(abort, '${REFUSED}'); end`,
];

const POSTGRES = [
  `create function refuse_event_change() returns trigger language plpgsql as
    $$ begin raise exception '${REFUSED}'; end $$`,
  "create trigger events_kept before delete on events for each row execute function refuse_event_change()",
  "create trigger events_whole before truncate on events for each statement execute function refuse_event_change()",
  `create trigger events_unchanged before update on events for each row when (not (${ERASES}))
    execute function refuse_event_change()`,
];
