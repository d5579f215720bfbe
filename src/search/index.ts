import type { Tx } from "../access/transaction.ts";
import { ANALYZER_VERSION, titleKey } from "../analyzer/analyze.ts";
import { type Changes, type Indexed, noChanges, noteDoc, writeChanges } from "./changes.ts";
import type { Ref, SearchDoc } from "./documents.ts";
import { type Postings, packPostings, postingsOf, unpackPostings } from "./postings.ts";

/**
 * Puts a row into the index, or what changed of it since it was put there last. Call it in the transaction that writes
 * the row; documents.ts makes the document of each kind of row.
 */
export const index = (tx: Tx, doc: SearchDoc): Promise<void> => indexAll(tx, [doc]);

/** The same for many rows at once, each given once: their postings are written in order, which is several times faster. */
export async function indexAll(tx: Tx, docs: readonly SearchDoc[]): Promise<void> {
  const changes = noChanges();
  for (const doc of docs) {
    const postings = postingsOf(doc);
    const before = await findIndexed(tx, doc);
    const d = await writeDoc(tx, doc, { ...postings, d: before?.d });
    noteDoc(changes, before, { d, scopeId: doc.scopeId, ...postings });
  }
  await writeChanges(tx, changes);
}

/** Takes a row out of the index: it was erased. A row that is not there is fine. */
export async function unindex(tx: Tx, ref: Ref): Promise<void> {
  const before = await findIndexed(tx, ref);
  if (!before) return;
  const changes = noChanges();
  await tx.deleteFrom("search_doc").where("d", "=", before.d).execute();
  await tx.deleteFrom("search_content").where("d", "=", before.d).execute();
  noteDoc(changes, before, undefined);
  await writeChanges(tx, changes);
}

/** After pages moved to other scopes: scope → ids of the pages that are in it now, as `rescope` returns them. */
export async function movePageDocs(tx: Tx, moved: ReadonlyMap<string, string[]>): Promise<void> {
  for (const [scopeId, ids] of moved)
    await moveDocs(
      tx,
      ids.map((refId) => ({ kind: "page", refId })),
      scopeId,
    );
}

/** After rows moved to another scope without a change of their words. */
export async function moveDocs(tx: Tx, refs: readonly Ref[], scopeId: string): Promise<void> {
  const changes: Changes = noChanges();
  for (const ref of refs) {
    const before = await findIndexed(tx, ref);
    if (!before || before.scopeId === scopeId) continue;
    await tx.updateTable("search_doc").set({ scope_id: scopeId }).where("d", "=", before.d).execute();
    noteDoc(changes, before, { ...before, scopeId });
  }
  await writeChanges(tx, changes);
}

async function findIndexed(tx: Tx, ref: Ref): Promise<Indexed | undefined> {
  const row = await tx.unguarded
    .selectFrom("search_doc as x")
    .innerJoin("search_content as content", "content.d", "x.d")
    .select(["x.d", "x.scope_id", "x.len_bucket", "content.postings"])
    .where("x.kind", "=", ref.kind)
    .where("x.ref_id", "=", ref.refId)
    .executeTakeFirst();
  return row && { d: row.d, scopeId: row.scope_id, bucket: row.len_bucket, terms: unpackPostings(row.postings) };
}

async function writeDoc(tx: Tx, doc: SearchDoc, as: Postings & { d: number | undefined }): Promise<number> {
  const row = {
    kind: doc.kind,
    ref_id: doc.refId,
    scope_id: doc.scopeId,
    len_bucket: as.bucket,
    analyzer_version: ANALYZER_VERSION,
  };
  const { d } = await tx
    .insertInto("search_doc")
    .values(as.d === undefined ? row : { ...row, d: as.d })
    .onConflict((conflict) => conflict.column("d").doUpdateSet(row))
    .returning("d")
    .executeTakeFirstOrThrow();
  const content = {
    title_key: titleKey(doc.title),
    name_keys: [...doc.headings, ...namesIn(doc)].map(titleKey).join("\n"),
    postings: packPostings(as.terms),
  };
  await tx
    .insertInto("search_content")
    .values({ d, ...content })
    .onConflict((conflict) => conflict.column("d").doUpdateSet(content))
    .execute();
  return d;
}

/** The tags of a page say what it is about; those of other rows are what they are called too. */
const namesIn = (doc: SearchDoc): readonly string[] => (doc.kind === "page" ? [] : doc.tags);
