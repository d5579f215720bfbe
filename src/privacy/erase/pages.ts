import { listHolding, type Rewritten } from "../../access/everywhere.ts";
import type { Tx } from "../../access/transaction.ts";
import { titleKey } from "../../analyzer/analyze.ts";
import type { Needle } from "../../db/portable.ts";
import { bodyHash, labelKey } from "../../pages/draft.ts";
import { indexAgain } from "../../search/reindex.ts";

type Redaction = { needles: readonly Needle[]; rewrite: (text: string) => string };

/** After words of pages and revisions were rewritten: what is made from them follows. */
export async function redactPages(
  tx: Tx,
  { rewritten, needles, rewrite }: Redaction & { rewritten: Record<string, Rewritten[]> },
): Promise<void> {
  const [revisions, pages] = [rewritten.revisions ?? [], rewritten.pages ?? []];
  for (const { key, now } of revisions)
    if (now.body !== undefined) await renameRendering(tx, { page: String(key.page_id), n: Number(key.n) }, now.body);
  for (const { key, now } of pages)
    await tx
      .updateTable("pages")
      .set({ title_key: titleKey(now.title ?? "") })
      .where("id", "=", String(key.id))
      .execute();
  await redactTitles(tx, { needles, rewrite });
  await redactLabels(tx, { needles, rewrite });
  await forgetRenderingsWith(tx, { needles, rewrite });
  const changed = new Set([...revisions.map(({ key }) => key.page_id), ...pages.map(({ key }) => key.id)]);
  await indexAgain(tx, "page", [...changed].map(String));
}

const renameRendering = (tx: Tx, { page, n }: { page: string; n: number }, body: string) =>
  tx
    .updateTable("revisions")
    .set({ rendering: bodyHash(body) })
    .where("page_id", "=", page)
    .where("n", "=", n)
    .execute();

/** Titles by which links still find a page. */
async function redactTitles(tx: Tx, { needles, rewrite }: Redaction): Promise<void> {
  const columns = ["page_id", "space_id", "title_key", "since"];
  for (const row of await listHolding(tx, { table: "page_titles", columns, among: ["title_key"], needles })) {
    const [page_id, key] = [String(row.page_id), String(row.title_key)];
    if (rewrite(key) === key) continue;
    await tx.deleteFrom("page_titles").where("page_id", "=", page_id).where("title_key", "=", key).execute();
    const place = { page_id, space_id: String(row.space_id), since: String(row.since) };
    await tx
      .insertInto("page_titles")
      .values({ ...place, title_key: titleKey(rewrite(key)) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function redactLabels(tx: Tx, { needles, rewrite }: Redaction): Promise<void> {
  const columns = ["page_id", "label", "label_key"];
  for (const row of await listHolding(tx, { table: "page_labels", columns, among: ["label", "label_key"], needles })) {
    const label = rewrite(String(row.label));
    if (label === row.label) continue;
    const [page_id, before] = [String(row.page_id), String(row.label_key)];
    await tx.deleteFrom("page_labels").where("page_id", "=", page_id).where("label_key", "=", before).execute();
    await tx
      .insertInto("page_labels")
      .values({ page_id, label, label_key: labelKey(label) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function forgetRenderingsWith(tx: Tx, { needles, rewrite }: Redaction): Promise<void> {
  const columns = ["hash", "rendered"];
  for (const { hash, rendered } of await listHolding(tx, {
    table: "renderings",
    columns,
    among: ["rendered"],
    needles,
  }))
    if (rewrite(String(rendered)) !== rendered)
      await tx.deleteFrom("renderings").where("hash", "=", String(hash)).execute();
}
