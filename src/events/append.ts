import type { Transaction } from "kysely";
import { digestOf, hashOf } from "../db/event-chain.ts";
import { newId } from "../db/portable.ts";
import type { Event, Schema } from "../db/schema.ts";

/** What happened in a transaction, before it has its place in the chain. */
export type Unchained = Pick<Event, "id" | "at" | "actor_id" | "kind" | "subject_kind" | "subject_id" | "payload">;

const AT_ONCE = 500;

/**
 * Puts entries at the end of the audit log. It holds the row of the last entry until the transaction ends, so that
 * writers take turns: call it last, when nothing else is left to wait for.
 * @param random for salts; see digestOf
 */
export async function append(
  trx: Pick<Transaction<Schema>, "updateTable" | "insertInto">,
  entries: readonly Unchained[],
  random?: (size: number) => Buffer,
): Promise<void> {
  if (entries.length === 0) return;
  const { seq, hash } = await trx
    .updateTable("event_head")
    .set((eb) => ({ seq: eb("seq", "+", entries.length) }))
    .where("id", "=", 1)
    .returning(["seq", "hash"])
    .executeTakeFirstOrThrow();
  const chained: Event[] = [];
  for (const entry of entries)
    chained.push(chain(chained.at(-1) ?? { seq: seq - entries.length, hash }, entry, newId(random)));
  for (let from = 0; from < chained.length; from += AT_ONCE)
    await trx
      .insertInto("events")
      .values(chained.slice(from, from + AT_ONCE))
      .execute();
  await trx
    .updateTable("event_head")
    .set({ hash: chained.at(-1)?.hash ?? hash })
    .where("id", "=", 1)
    .execute();
}

function chain(before: Pick<Event, "seq" | "hash">, entry: Unchained, salt: string): Event {
  const digest = digestOf({ salt, payload: entry.payload });
  const sealed = { ...entry, salt, digest, seq: before.seq + 1, prev_hash: before.hash, erased_at: null };
  return { ...sealed, hash: hashOf(sealed) };
}
