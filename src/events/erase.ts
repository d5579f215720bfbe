import { listHolding } from "../access/everywhere.ts";
import type { Tx } from "../access/transaction.ts";
import type { Needle } from "../db/portable.ts";
import { record } from "./record.ts";

/**
 * Erases what the log says about a subject, e.g. when a person asks for it: that something happened stays, with when and by
 * whom, and the chain holds. Each erased entry gets an entry of its own that says so.
 * @returns how many were erased
 */
export async function erasePayloads(tx: Tx, subject: { kind: string; id: string }): Promise<number> {
  const entries = await tx.unguarded
    .selectFrom("events")
    .select("id")
    .where("subject_kind", "=", subject.kind)
    .where("subject_id", "=", subject.id)
    .where("erased_at", "is", null)
    .orderBy("seq")
    .execute();
  return eraseEntries(
    tx,
    entries.map(({ id }) => id),
  );
}

/** The same for whatever the log says that holds traces of somebody. */
export async function erasePayloadsWith(
  tx: Tx,
  { needles, holds }: { needles: readonly Needle[]; holds: (payload: string) => boolean },
): Promise<number> {
  const among = ["payload"];
  const rows = await listHolding(tx, { table: "events", columns: ["id", ...among], among, needles });
  const held = rows.flatMap(({ id, payload }) =>
    typeof id === "string" && typeof payload === "string" && holds(payload) ? [id] : [],
  );
  return eraseEntries(tx, held);
}

async function eraseEntries(tx: Tx, ids: readonly string[]): Promise<number> {
  for (const id of ids) {
    await tx.updateTable("events").set({ payload: "{}", salt: "", erased_at: tx.now }).where("id", "=", id).execute();
    await record(tx, { kind: ERASED, subject: { kind: "event", id } });
  }
  return ids.length;
}

/** The kind of the entry that says that the payload of another one was erased. */
export const ERASED = "event.erased";
