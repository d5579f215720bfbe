import type { Tx } from "../access/transaction.ts";
import { record } from "./record.ts";

/**
 * Erases what the log says about a subject, e.g. when a person asks for it: that something happened stays, with when and by
 * whom, and the chain holds. Each erased entry gets an entry of its own that says so.
 * @returns how many were erased
 */
export async function erasePayloads(tx: Tx, subject: { kind: string; id: string }): Promise<number> {
  const erased = await tx
    .updateTable("events")
    .set({ payload: "{}", salt: "", erased_at: tx.now })
    .where("subject_kind", "=", subject.kind)
    .where("subject_id", "=", subject.id)
    .where("erased_at", "is", null)
    .returning("id")
    .execute();
  for (const { id } of erased) await record(tx, { kind: ERASED, subject: { kind: "event", id } });
  return erased.length;
}

/** The kind of the entry that says that the payload of another one was erased. */
export const ERASED = "event.erased";
