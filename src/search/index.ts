import type { Tx } from "../access/transaction.ts";
import { ANALYZER_VERSION, titleKey } from "../analyzer/analyze.ts";
import { eightLengths } from "./bm25.ts";
import { countScope, countTerms, deletePostings, forgetTerms, rememberTerms, writePostings } from "./counts.ts";
import type { Ref, SearchDoc } from "./documents.ts";
import { packTerms, postingsOf, unpackTerms } from "./postings.ts";

/**
 * Puts a row into the index, or what changed of it since it was put there last. Call it in the transaction that writes
 * the row; documents.ts makes the document of each kind of row.
 */
export async function index(tx: Tx, doc: SearchDoc): Promise<void> {
  const { bucket, terms } = postingsOf(doc);
  const before = await findIndexed(tx, doc);
  const numbers = [...terms.keys()];
  const fresh = without(numbers, before?.terms);
  const gone = without(before?.terms ?? [], numbers);
  const d = await writeDoc(tx, doc, { bucket, numbers, d: before?.d });
  await rememberTerms(
    tx,
    fresh.map((t) => [t, terms.get(t)?.term ?? ""]),
  );
  await writePostings(
    tx,
    d,
    [...terms].map(([t, { posting }]) => [t, posting]),
  );
  await deletePostings(tx, d, gone);
  if (before?.scopeId === doc.scopeId) {
    await countTerms(tx, doc.scopeId, fresh, 1);
    await countTerms(tx, doc.scopeId, gone, -1);
    await countScope(tx, doc.scopeId, { docs: 0, length: eightLengths(bucket) - eightLengths(before.bucket) });
  } else {
    if (before) await leave(tx, before);
    await enter(tx, doc.scopeId, { bucket, terms: numbers });
  }
  await forgetTerms(tx, gone);
}

/** Takes a row out of the index: it was thrown away or erased. A row that is not there is fine. */
export async function unindex(tx: Tx, ref: Ref): Promise<void> {
  const before = await findIndexed(tx, ref);
  if (!before) return;
  await tx.deleteFrom("search_doc").where("d", "=", before.d).execute();
  await deletePostings(tx, before.d, before.terms);
  await leave(tx, before);
  await forgetTerms(tx, before.terms);
}

/** After rows moved to another scope without a change of their words, e.g. the pages that rescopeSubtree returns. */
export async function moveDocs(tx: Tx, refs: readonly Ref[], scopeId: string): Promise<void> {
  for (const ref of refs) {
    const before = await findIndexed(tx, ref);
    if (!before || before.scopeId === scopeId) continue;
    await tx.updateTable("search_doc").set({ scope_id: scopeId }).where("d", "=", before.d).execute();
    await leave(tx, before);
    await enter(tx, scopeId, before);
  }
}

type Indexed = { d: number; scopeId: string; bucket: number; terms: number[] };

async function findIndexed(tx: Tx, ref: Ref): Promise<Indexed | undefined> {
  const row = await tx.unguarded
    .selectFrom("search_doc")
    .select(["d", "scope_id", "len_bucket", "terms"])
    .where("kind", "=", ref.kind)
    .where("ref_id", "=", ref.refId)
    .executeTakeFirst();
  return row && { d: row.d, scopeId: row.scope_id, bucket: row.len_bucket, terms: unpackTerms(row.terms) };
}

async function writeDoc(
  tx: Tx,
  doc: SearchDoc,
  as: { bucket: number; numbers: number[]; d: number | undefined },
): Promise<number> {
  const row = {
    kind: doc.kind,
    ref_id: doc.refId,
    scope_id: doc.scopeId,
    title_key: titleKey(doc.title),
    len_bucket: as.bucket,
    analyzer_version: ANALYZER_VERSION,
    terms: packTerms(as.numbers),
  };
  const { d } = await tx
    .insertInto("search_doc")
    .values(as.d === undefined ? row : { ...row, d: as.d })
    .onConflict((conflict) => conflict.column("d").doUpdateSet(row))
    .returning("d")
    .executeTakeFirstOrThrow();
  return d;
}

async function enter(tx: Tx, scopeId: string, { bucket, terms }: Pick<Indexed, "bucket" | "terms">): Promise<void> {
  await countTerms(tx, scopeId, terms, 1);
  await countScope(tx, scopeId, { docs: 1, length: eightLengths(bucket) });
}

async function leave(tx: Tx, { scopeId, bucket, terms }: Indexed): Promise<void> {
  await countTerms(tx, scopeId, terms, -1);
  await countScope(tx, scopeId, { docs: -1, length: -eightLengths(bucket) });
}

function without(numbers: readonly number[], others: readonly number[] = []): number[] {
  const known = new Set(others);
  return numbers.filter((t) => !known.has(t));
}
