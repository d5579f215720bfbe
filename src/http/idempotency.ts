import { z } from "zod";
import { readerFor } from "../access/reader.ts";
import { inTransaction, type Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import { Conflict } from "../errors.ts";
import type { Deps } from "./deps.ts";
import type { Reply } from "./reply.ts";
import { digest, hours, later } from "./session.ts";

/** A request that may be sent twice: `key` is the sender's, `request` says what was asked (asked of input that was checked). */
export type Once = { key: string; request: () => string };

/**
 * The answer that a request got when it was sent before.
 * @throws Conflict when the key was used for something else, or the rights of its sender have changed since: what the
 * first answer showed may be hidden from them by now
 */
export async function findReply(deps: Deps, viewer: Viewer, once: Once): Promise<Reply | undefined> {
  const row = await deps.db
    .selectFrom("idempotency_keys")
    .selectAll()
    .where("person_id", "=", viewer.id)
    .where("key", "=", once.key)
    .executeTakeFirst();
  if (row && row.request !== digest(once.request()))
    throw new Conflict("This Idempotency-Key was used for another request.");
  if (!row) return undefined;
  const kept = JSON.parse(row.reply) as Kept;
  const now = await currentViewer(deps, viewer);
  if (!now || kept.reply === null || kept.rights !== rightsOf(now) || !(await isSeen(deps, now, kept.reply)))
    throw new Conflict("This was done when it was sent first. Read it again to see it as it is now.");
  return kept.reply;
}

/** An answer, and a digest of what its reader could see right after it. Null: the answer is not to be had again. */
type Kept = { reply: Reply | null; rights: string };

/** The viewer in hand may be from before the first request was done. */
async function currentViewer(deps: Deps, { id: personId, cap }: Viewer): Promise<Viewer | undefined> {
  const { version } = await deps.db.selectFrom("access_version").select("version").executeTakeFirstOrThrow();
  return deps.viewers({ personId, version, cap, now: deps.now() });
}

const SHOWN = [
  "visible_spaces",
  "visible_pages",
  "visible_customers",
  "visible_contacts",
  "visible_interactions",
  "visible_owned_products",
  "visible_knowledge_links",
  "visible_products",
] as const;

/** A row may have moved to where its reader sees nothing, though their rights are what they were. */
async function isSeen(deps: Deps, viewer: Viewer, reply: Reply): Promise<boolean> {
  const id = reply.kind === "json" && shown.safeParse(reply.body).data?.id;
  if (!id) return true;
  const read = readerFor(deps.db, viewer, deps.db.engine);
  const found = await Promise.all(
    SHOWN.map((view) => read.selectFrom(view).select("id").where("id", "=", id).executeTakeFirst()),
  );
  return found.some((row) => row !== undefined);
}

const shown = z.object({ id: z.string() });

const rightsOf = (viewer: Viewer): string => digest(JSON.stringify([...viewer.levels]));

/**
 * Runs a change in one transaction. With `once` the answer is kept in that same transaction, so that a retry gets
 * the first answer and changes nothing.
 * @throws Conflict when the key was used for something else
 */
export async function write(deps: Deps, viewer: Viewer, work: (tx: Tx) => Promise<Reply>, once?: Once): Promise<Reply> {
  const kept = once && (await findReply(deps, viewer, once));
  if (kept) return kept;
  try {
    return await inTransaction(deps.db, viewer, deps, async (tx) => {
      if (once) await claim(tx, once);
      const reply = await work(tx);
      if (once) await keep(tx, once, { reply: repeatable(reply), rights: rightsOf(tx.viewer) });
      return reply;
    });
  } catch (error) {
    const first = once && deps.db.engine.isUniqueViolation(error) ? await findReply(deps, viewer, once) : undefined;
    if (first) return first;
    throw error;
  }
}

/** Pages show secrets that exist nowhere else, e.g. a new token: they are never written down. */
const repeatable = (reply: Reply): Reply | null => (reply.kind === "page" ? null : reply);

async function claim(tx: Tx, once: Once): Promise<void> {
  await tx
    .deleteFrom("idempotency_keys")
    .where("person_id", "=", tx.viewer.id)
    .where("created_at", "<", later(tx.now, -hours(24 * 7)))
    .execute();
  await tx
    .insertInto("idempotency_keys")
    .values({
      person_id: tx.viewer.id,
      key: once.key,
      request: digest(once.request()),
      reply: "null",
      created_at: tx.now,
    })
    .execute();
}

async function keep(tx: Tx, once: Once, kept: Kept): Promise<void> {
  await tx
    .updateTable("idempotency_keys")
    .set({ reply: JSON.stringify(kept) })
    .where("person_id", "=", tx.viewer.id)
    .where("key", "=", once.key)
    .execute();
}
