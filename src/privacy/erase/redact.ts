import { listHolding, type Rewritten, rewriteEverywhere, WORD_TABLES } from "../../access/everywhere.ts";
import type { Tx } from "../../access/transaction.ts";
import type { Contact } from "../../db/schema.ts";
import { erasePayloadsWith } from "../../events/erase.ts";
import { INDEX_TABLES, indexAgain } from "../../search/reindex.ts";
import { redactPages } from "./pages.ts";
import { redact, type Trace } from "./traces.ts";

/** How many rows of each table were changed. */
export type Counts = Record<string, number>;

/** Takes traces out of every text, and out of all that is made from texts: keys, renderings, the index, the log. */
export async function redactEverywhere(tx: Tx, contact: Contact, traces: readonly Trace[]): Promise<Counts> {
  const needles = traces.flatMap((trace) => trace.needles);
  const rewrite = (text: string): string => redact(text, traces);
  const counts: Counts = {};
  const rewritten: Record<string, Rewritten[]> = {};
  for (const table of WORD_TABLES) {
    rewritten[table] = await rewriteEverywhere(tx, table, { needles, rewrite });
    counts[table] = rewritten[table].length;
  }
  await redactPages(tx, { rewritten, needles, rewrite });
  for (const [kind, table] of INDEXED)
    await indexAgain(
      tx,
      kind,
      (rewritten[table] ?? []).map(({ key }) => String(key.id)),
    );
  const holds = (text: string): boolean => rewrite(text) !== text;
  counts.events = await erasePayloadsWith(tx, { needles, holds });
  counts.consents = await emptySources(tx, contact);
  counts.idempotency_keys = await forgetReplies(tx, { needles, holds });
  return counts;
}

/** The tables from which words were taken. */
export const SWEPT = [
  ...WORD_TABLES,
  ...["page_titles", "page_labels", "renderings", "events", "consents", "idempotency_keys"],
  ...INDEX_TABLES,
];

const INDEXED = [
  ["interaction", "interactions"],
  ["customer", "customers"],
  ["contact", "contacts"],
  ["product", "products"],
] as const;

async function emptySources(tx: Tx, { id }: Contact): Promise<number> {
  const emptied = await tx
    .updateTable("consents")
    .set({ source: "", erased_at: tx.now })
    .where("contact_id", "=", id)
    .where("erased_at", "is", null)
    .returning("id")
    .execute();
  return emptied.length;
}

type Search = { needles: Parameters<typeof listHolding>[1]["needles"]; holds: (text: string) => boolean };

/** Whoever sends such a request again is told that it was done, and not what was answered. */
async function forgetReplies(tx: Tx, { needles, holds }: Search): Promise<number> {
  const columns = ["person_id", "key", "reply"];
  const rows = await listHolding(tx, { table: "idempotency_keys", columns, among: ["reply"], needles });
  const held = rows.filter(({ reply }) => typeof reply === "string" && holds(reply));
  for (const { person_id, key } of held)
    await tx
      .updateTable("idempotency_keys")
      .set({ reply: JSON.stringify({ reply: null, rights: "" }) })
      .where("person_id", "=", String(person_id))
      .where("key", "=", String(key))
      .execute();
  return held.length;
}
