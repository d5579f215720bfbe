import type { Tx } from "../access/transaction.ts";
import { record } from "../events/record.ts";
import { later } from "../http/session.ts";

/** Whom somebody looks as. */
export type Target = { kind: "person" | "department"; id: string };

const MINUTES = 60;

/** Lets a browser session look as somebody for an hour at most; it ends with the session. */
export async function startViewingAs(tx: Tx, sessionHash: string, target: Target): Promise<void> {
  await tx.deleteFrom("view_as").where("session_hash", "=", sessionHash).execute();
  const until = later(tx.now, MINUTES * 60_000);
  await tx
    .insertInto("view_as")
    .values({ session_hash: sessionHash, target: `${target.kind}:${target.id}`, started_at: tx.now, until })
    .execute();
  await record(tx, { kind: "view_as.started", subject: target, payload: { until } });
}

/** A session that looks as nobody, or does no longer, stays as it is. */
export async function endViewingAs(tx: Tx, sessionHash: string): Promise<void> {
  const ended = await tx
    .deleteFrom("view_as")
    .where("session_hash", "=", sessionHash)
    .returning(["target"])
    .executeTakeFirst();
  if (!ended) return;
  const [kind = "", id = ""] = ended.target.split(":");
  await record(tx, { kind: "view_as.ended", subject: { kind, id } });
}
