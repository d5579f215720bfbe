import type { Db } from "../../db/open.ts";
import type { Event, Person } from "../../db/schema.ts";
import type { Administrator } from "../../people/policy.ts";

/** An entry as administrators see it: that something happened, when and by whom; never what was said. */
export type Entry = Omit<Event, "payload" | "salt">;

/** What is looked for; times are ISO, `from` included and `to` not. `subject` is an id. */
export type Filter = {
  actor?: string | undefined;
  kind?: string | undefined;
  subject?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const COLUMNS = [
  "seq",
  "id",
  "at",
  "actor_id",
  "kind",
  "subject_kind",
  "subject_id",
  "digest",
  "prev_hash",
  "hash",
  "erased_at",
] as const;

/** Entries of the log before `before` (a seq), the newest first. */
export const listEntries = (
  db: Pick<Db, "selectFrom">,
  _by: Administrator,
  { filter, before, limit }: { filter: Filter; before: number | undefined; limit: number },
): Promise<Entry[]> =>
  matching(db, filter)
    .$if(before !== undefined, (q) => q.where("seq", "<", before ?? 0))
    .orderBy("seq", "desc")
    .limit(limit)
    .execute();

const AT_ONCE = 500;

/** All that match, the oldest first, some at a time. */
export async function* readEntries(
  db: Pick<Db, "selectFrom">,
  _by: Administrator,
  filter: Filter,
): AsyncGenerator<Entry> {
  let after = 0;
  for (;;) {
    const entries = await matching(db, filter).where("seq", ">", after).orderBy("seq").limit(AT_ONCE).execute();
    yield* entries;
    const last = entries.at(-1);
    if (!last || entries.length < AT_ONCE) return;
    after = last.seq;
  }
}

/** The kinds of entries there are. */
export async function listKinds(db: Pick<Db, "selectFrom">, _by: Administrator): Promise<string[]> {
  const rows = await db.selectFrom("events").select("kind").distinct().orderBy("kind").execute();
  return rows.map((row) => row.kind);
}

/** The last entry of all: who keeps its hash can tell later whether the log was changed. */
export const findLast = (
  db: Pick<Db, "selectFrom">,
  _by: Administrator,
): Promise<{ seq: number; hash: string } | undefined> =>
  db.selectFrom("event_head").select(["seq", "hash"]).executeTakeFirst();

/** Everybody who ever had an account, by id. */
export async function listActors(
  db: Pick<Db, "selectFrom">,
  _by: Administrator,
): Promise<Map<string, Pick<Person, "id" | "login" | "name">>> {
  const people = await db.selectFrom("people").select(["id", "login", "name"]).orderBy("login").execute();
  return new Map(people.map((person) => [person.id, person]));
}

const matching = (db: Pick<Db, "selectFrom">, { actor, kind, subject, from, to }: Filter) =>
  db
    .selectFrom("events")
    .select(COLUMNS)
    .$if(actor !== undefined, (q) => q.where("actor_id", "=", actor ?? ""))
    .$if(kind !== undefined, (q) => q.where("kind", "=", kind ?? ""))
    .$if(subject !== undefined, (q) => q.where("subject_id", "=", subject ?? ""))
    .$if(from !== undefined, (q) => q.where("at", ">=", from ?? ""))
    .$if(to !== undefined, (q) => q.where("at", "<", to ?? ""));
