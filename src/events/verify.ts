import { digestOf, GENESIS, hashOf } from "../db/event-chain.ts";
import type { Db } from "../db/open.ts";
import type { Event } from "../db/schema.ts";
import { ERASED } from "./erase.ts";

const AT_ONCE = 1000;

/**
 * Walks the audit log from its first entry to its last.
 * @returns the first break in words; nothing when the chain holds
 */
export async function findBreak(db: Pick<Db, "selectFrom">): Promise<string | undefined> {
  let before: Pick<Event, "seq" | "hash"> = { seq: 0, hash: GENESIS };
  for (;;) {
    const entries = await listAfter(db, before.seq);
    for (const entry of entries) {
      const wrong = breakAt(before, entry) ?? (await findMissingTombstone(db, entry));
      if (wrong !== undefined) return `audit log: entry ${entry.seq} ${wrong}`;
      before = entry;
    }
    if (entries.length < AT_ONCE) break;
  }
  const head = await db.selectFrom("event_head").select(["seq", "hash"]).executeTakeFirst();
  return head?.seq === before.seq && head.hash === before.hash
    ? undefined
    : `audit log: it ends at entry ${before.seq}, but ${head?.seq ?? "none"} was the last`;
}

const listAfter = (db: Pick<Db, "selectFrom">, seq: number): Promise<Event[]> =>
  db.selectFrom("events").selectAll().where("seq", ">", seq).orderBy("seq").limit(AT_ONCE).execute();

function breakAt(before: Pick<Event, "seq" | "hash">, entry: Event): string | undefined {
  if (entry.seq !== before.seq + 1) return `follows entry ${before.seq}: what was between them is missing`;
  if (entry.prev_hash !== before.hash) return "does not hold the hash of the one before";
  if (entry.hash !== hashOf(entry)) return "was changed";
  if (entry.erased_at === null && entry.digest !== digestOf(entry)) return "says something else than it did";
  return undefined;
}

/** What was erased in due form has an entry that says so. */
async function findMissingTombstone(db: Pick<Db, "selectFrom">, entry: Event): Promise<string | undefined> {
  if (entry.erased_at === null) return undefined;
  const tombstone = await db
    .selectFrom("events")
    .select("seq")
    .where("subject_kind", "=", "event")
    .where("subject_id", "=", entry.id)
    .where("kind", "=", ERASED)
    .executeTakeFirst();
  return tombstone && entry.payload === "{}" ? undefined : "was erased, and nothing says by whom";
}
