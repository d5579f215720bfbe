import type { Tx } from "../access/transaction.ts";

export type Happening = { kind: string; subject: { kind: string; id: string }; payload?: Record<string, unknown> };

/** Writes what happened in the same transaction as the change itself; the table is also the outbox of the jobs. */
export async function record(tx: Tx, happening: Happening): Promise<void> {
  await tx
    .insertInto("events")
    .values({
      id: tx.newId(),
      at: tx.now,
      actor_id: tx.viewer.id,
      kind: happening.kind,
      subject_kind: happening.subject.kind,
      subject_id: happening.subject.id,
      payload: JSON.stringify(happening.payload ?? {}),
    })
    .execute();
}
