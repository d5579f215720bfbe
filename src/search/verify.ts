import { sql } from "kysely";
import { type Clock, inTransaction, type Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import { ANALYZER_VERSION } from "../analyzer/analyze.ts";
import type { Db } from "../db/open.ts";
import { toCount } from "../db/portable.ts";
import { eightLengths } from "./bm25.ts";
import { KINDS, type Kind, type SearchDoc } from "./documents.ts";
import { postingsOf, unpackPostings } from "./postings.ts";
import { documentsOf, listPart, type Part, TABLES } from "./sources.ts";

/**
 * Compares the index with the rows it was made from, and its own parts with each other.
 * @param by.viewer the operator, see systemViewer
 * @returns the first thing that is wrong, in words; `zhike reindex` repairs it
 */
export async function findIndexBreak(db: Db, by: { viewer: Viewer; clock: Clock }): Promise<string | undefined> {
  for (const kind of KINDS) {
    const wrong = (await findWrongDoc(db, kind, by)) ?? (await findLeftOver(db, kind));
    if (wrong !== undefined) return `search index: ${kind} ${wrong}`;
  }
  const wrong = (await findWrongPostings(db)) ?? (await findWrongCount(db)) ?? (await findWrongSize(db));
  return wrong && `search index: ${wrong}`;
}

async function findWrongDoc(
  db: Db,
  kind: Kind,
  { viewer, clock }: { viewer: Viewer; clock: Clock },
): Promise<string | undefined> {
  let part = await listPart(db, kind, "");
  while (part.ids.length > 0) {
    const some = part;
    const wrong = await inTransaction(db, viewer, clock, (tx) => findWrongIn(tx, some));
    if (wrong !== undefined) return wrong;
    part = await listPart(db, kind, some.ids.at(-1) ?? "");
  }
  return undefined;
}

async function findWrongIn(tx: Tx, part: Part): Promise<string | undefined> {
  const stored = await tx.unguarded
    .selectFrom("search_doc as doc")
    .innerJoin("search_content as content", "content.d", "doc.d")
    .select(["doc.ref_id", "doc.scope_id", "doc.len_bucket", "doc.analyzer_version", "content.postings"])
    .where("doc.kind", "=", part.kind)
    .where("doc.ref_id", "in", part.ids)
    .orderBy("doc.ref_id")
    .execute();
  const byRef = new Map(stored.map((row) => [row.ref_id, row]));
  for (const doc of await documentsOf(tx, part)) {
    const wrong = difference(doc, byRef.get(doc.refId));
    if (wrong !== undefined) return `${doc.refId} ${wrong}`;
  }
  return undefined;
}

type Stored = { scope_id: string; len_bucket: number; analyzer_version: number; postings: Buffer };

function difference(doc: SearchDoc, stored: Stored | undefined): string | undefined {
  if (!stored) return "is missing";
  if (stored.scope_id !== doc.scopeId) return `is indexed in ${stored.scope_id}, but hangs in ${doc.scopeId}`;
  if (stored.analyzer_version !== ANALYZER_VERSION) return "was indexed by another version";
  const [is, shouldBe] = [unpackPostings(stored.postings), postingsOf(doc)];
  const same = is.size === shouldBe.terms.size && [...shouldBe.terms].every(([t, posting]) => is.get(t) === posting);
  return same && stored.len_bucket === shouldBe.bucket ? undefined : "is indexed with other words than it has";
}

/** A row that was erased must not be found any more. */
async function findLeftOver(db: Db, kind: Kind): Promise<string | undefined> {
  const left = await db
    .selectFrom("search_doc as doc")
    .select("doc.ref_id")
    .where("doc.kind", "=", kind)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom(TABLES[kind]).select("id").whereRef("id", "=", "doc.ref_id"))),
    )
    .orderBy("doc.ref_id")
    .executeTakeFirst();
  return left && `${left.ref_id} is found, but is not there`;
}

/** Remainder sums stand for all postings of a document; small enough for numbers. */
const PRIME = 1_048_573;

async function findWrongPostings(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ d: number; count: number; terms: number; postings: number }>`
    select d, count(*) as count, sum(t % ${sql.lit(PRIME)}) as terms, sum(i) as postings
    from search_posting group by d order by d`.execute(db);
  const sums = new Map(rows.map((row) => [Number(row.d), [row.count, row.terms, row.postings].map(toCount).join(" ")]));
  for (let after = 0; ; ) {
    const part = await db
      .selectFrom("search_content")
      .select(["d", "postings"])
      .where("d", ">", after)
      .orderBy("d")
      .limit(500)
      .execute();
    for (const { d, postings } of part) {
      if ((sums.get(d) ?? "0 0 0") !== sumOf(unpackPostings(postings)))
        return `document ${d} lacks postings of its own`;
      sums.delete(d);
    }
    const last = part.at(-1);
    if (!last) break;
    after = last.d;
  }
  const [stray] = sums.keys();
  return stray === undefined ? undefined : `there are postings of document ${stray}, which is not there`;
}

function sumOf(terms: ReadonlyMap<number, number>): string {
  const sums = [terms.size, 0, 0];
  for (const [t, posting] of terms) {
    sums[1] = (sums[1] ?? 0) + (t % PRIME);
    sums[2] = (sums[2] ?? 0) + posting;
  }
  return sums.join(" ");
}

async function findWrongCount(db: Db): Promise<string | undefined> {
  const real = sql`select posting.t, doc.scope_id, count(*) as df from search_posting posting
    join search_doc doc on doc.d = posting.d group by posting.t, doc.scope_id`;
  const kept = sql`select t, scope_id, df from search_df`;
  const { rows } = await sql<{ t: number; scope_id: string }>`
    select t, scope_id from (select * from (${real}) r except select * from (${kept}) k) missing
    union all select t, scope_id from (select * from (${kept}) k except select * from (${real}) r) surplus
    order by t, scope_id limit 1`.execute(db);
  return rows[0] && `the documents with term ${rows[0].t} in ${rows[0].scope_id} are counted wrongly`;
}

async function findWrongSize(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ scope_id: string; len_bucket: number; docs: number }>`
    select scope_id, len_bucket, count(*) as docs from search_doc group by scope_id, len_bucket`.execute(db);
  const real = new Map<string, { docs: number; length: number }>();
  for (const row of rows) {
    const size = real.get(row.scope_id) ?? { docs: 0, length: 0 };
    const docs = toCount(row.docs);
    real.set(row.scope_id, { docs: size.docs + docs, length: size.length + docs * eightLengths(row.len_bucket) });
  }
  const kept = await db.selectFrom("search_scope").selectAll().orderBy("scope_id").execute();
  const keptOf = new Map(kept.map((row) => [row.scope_id, row]));
  const wrong = [...new Set([...real.keys(), ...keptOf.keys()])].find((id) => {
    const [is, shouldBe] = [keptOf.get(id), real.get(id)];
    return toCount(is?.docs) !== (shouldBe?.docs ?? 0) || toCount(is?.total_length) !== (shouldBe?.length ?? 0);
  });
  return wrong === undefined ? undefined : `the documents of ${wrong} are counted wrongly`;
}
