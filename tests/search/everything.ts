import type { Db } from "../../src/db/open.ts";

/** The postings by word and row. */
export async function listPostings(db: Db) {
  const rows = await db
    .selectFrom("search_posting as p")
    .innerJoin("search_term as w", "w.t", "p.t")
    .innerJoin("search_doc as x", "x.d", "p.d")
    .select(["w.term", "x.kind", "x.ref_id", "p.i"])
    .orderBy("w.term")
    .orderBy("x.ref_id")
    .orderBy("x.kind")
    .execute();
  return rows.map(({ term, kind, ref_id, i }) => ({
    term,
    ref: `${kind} ${ref_id}`,
    frequency: Math.floor(i / 128),
    bucket: i % 128,
  }));
}

/** All the tables hold, without the numbers of rows. */
export async function everything(db: Db) {
  const docs = await db
    .selectFrom("search_doc as x")
    .leftJoin("search_content as content", "content.d", "x.d")
    .select(["x.kind", "x.ref_id", "x.scope_id", "x.len_bucket"])
    .select(["content.title_key", "content.name_keys", "content.postings"])
    .orderBy("x.kind")
    .orderBy("x.ref_id")
    .execute();
  const df = await db
    .selectFrom("search_df as f")
    .leftJoin("search_term as w", "w.t", "f.t")
    .select(["w.term", "f.scope_id", "f.df"])
    .execute();
  const scopes = await db.selectFrom("search_scope").selectAll().orderBy("scope_id").execute();
  const terms = await db.selectFrom("search_term").selectAll().execute();
  return {
    docs,
    postings: await listPostings(db),
    df: df.map((row) => `${row.term} ${row.scope_id} ${row.df}`).sort(),
    scopes: scopes.map((scope) => ({ ...scope, total_length: Number(scope.total_length) })),
    terms: terms.map((row) => row.term).sort(),
  };
}
