import { listOwningManagers } from "../../access/owners.ts";
import type { Tx } from "../../access/transaction.ts";
import { record } from "../../events/record.ts";
import { later } from "../../http/session.ts";
import type { Administrator } from "../../people/policy.ts";

const MINUTES = 60;

/**
 * Lets one browser session of an administrator look at everything, for an hour; all who manage what is looked at are told at once.
 * @param session.hash of the browser session: it ends with that
 */
export async function breakGlass(
  tx: Tx,
  by: Administrator,
  session: { hash: string },
  reason: string,
): Promise<{ until: string }> {
  const [id, until] = [tx.newId(), later(tx.now, MINUTES * 60_000)];
  const row = { id, person_id: by.id, session_hash: session.hash, reason, started_at: tx.now, until, ended_at: null };
  await tx.insertInto("break_glass").values(row).execute();
  const told = (await listOwningManagers(tx)).filter((person_id) => person_id !== by.id);
  const notices = told.map((person_id) => ({ break_glass_id: id, person_id, seen_at: null }));
  if (notices.length > 0) await tx.insertInto("break_glass_notices").values(notices).execute();
  const subject = { kind: "person", id: by.id };
  await record(tx, { kind: "break_glass.started", subject, payload: { break_glass: id, reason, until, told } });
  return { until };
}

/** Ends what a session has open; a session that has nothing open stays as it is. */
export async function endBreakGlass(tx: Tx, by: { id: string }, session: { hash: string }): Promise<void> {
  const ended = await tx
    .updateTable("break_glass")
    .set({ ended_at: tx.now })
    .where("session_hash", "=", session.hash)
    .where("ended_at", "is", null)
    .where("until", ">", tx.now)
    .returning("id")
    .execute();
  const subject = { kind: "person", id: by.id };
  for (const { id } of ended) await record(tx, { kind: "break_glass.ended", subject, payload: { break_glass: id } });
}

/** Takes a notice off the list of whoever was told; somebody else's stays. */
export async function dismissNotice(tx: Tx, breakGlassId: string): Promise<void> {
  await tx
    .updateTable("break_glass_notices")
    .set({ seen_at: tx.now })
    .where("break_glass_id", "=", breakGlassId)
    .where("person_id", "=", tx.viewer.id)
    .where("seen_at", "is", null)
    .execute();
}
