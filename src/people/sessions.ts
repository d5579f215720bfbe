import type { Tx } from "../access/transaction.ts";
import type { Db } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

/** The browser sessions of a person that have not run out at `now`, the one used last first. */
export const listSessions = (
  db: Pick<Db, "selectFrom">,
  personId: string,
  now: string,
): Promise<Pick<Schema["sessions"], "hash" | "created_at" | "seen_at">[]> =>
  db
    .selectFrom("sessions")
    .select(["hash", "created_at", "seen_at"])
    .where("person_id", "=", personId)
    .where("expires_at", ">", now)
    .orderBy("seen_at", "desc")
    .orderBy("hash")
    .execute();

/**
 * Ends one of the viewer's own sessions.
 * @throws NotFound for a session that is not theirs
 */
export async function endOwnSession(tx: Tx, hash: string): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom("sessions")
    .where("hash", "=", hash)
    .where("person_id", "=", tx.viewer.id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new NotFound();
}
