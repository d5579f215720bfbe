import type { Tx } from "../access/transaction.ts";

export type Happening = { kind: string; subject: { kind: string; id: string }; payload?: Record<string, unknown> };

/**
 * Says what happened, in the transaction of the change itself: both are kept, or neither. The entries of a transaction get
 * their places in the audit log right before it commits (append.ts). The log is also the outbox of the jobs.
 */
export async function record(tx: Tx, { kind, subject, payload }: Happening): Promise<void> {
  tx.happened.push({
    id: tx.newId(),
    at: tx.now,
    actor_id: tx.viewer.id,
    kind,
    subject_kind: subject.kind,
    subject_id: subject.id,
    payload: JSON.stringify(payload ?? {}),
  });
}
