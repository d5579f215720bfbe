import { sql } from "kysely";
import type { Tx } from "../access/transaction.ts";

/** Writes the postings of a document; those that stand there already cost a look-up only. */
export async function writePostings(tx: Tx, d: number, postings: [t: number, posting: number][]): Promise<void> {
  if (postings.length === 0) return;
  await sql`insert into search_posting (t, d, i)
    select v.n / 32768, ${d}, v.n % 32768 from ${numbers(tx, postings.map(pair))} v where true
    on conflict (t, d) do update set i = excluded.i where search_posting.i <> excluded.i`.execute(tx.unguarded);
}

export async function deletePostings(tx: Tx, d: number, terms: readonly number[]): Promise<void> {
  if (terms.length === 0) return;
  await sql`delete from search_posting where d = ${d} and t in (select v.n from ${numbers(tx, terms)} v)`.execute(
    tx.unguarded,
  );
}

/** Counts one document more (1) or less (-1) for each term in a scope; a term without documents has no row. */
export async function countTerms(tx: Tx, scopeId: string, terms: readonly number[], by: 1 | -1): Promise<void> {
  if (terms.length === 0) return;
  if (by === 1) {
    await sql`insert into search_df (t, scope_id, df) select v.n, ${scopeId}, 1 from ${numbers(tx, terms)} v where true
      on conflict (t, scope_id) do update set df = search_df.df + 1`.execute(tx.unguarded);
    return;
  }
  const ofThese = sql`scope_id = ${scopeId} and t in (select v.n from ${numbers(tx, terms)} v)`;
  await sql`update search_df set df = df - 1 where ${ofThese}`.execute(tx.unguarded);
  await sql`delete from search_df where df <= 0 and ${ofThese}`.execute(tx.unguarded);
}

/** @param by.length in eighths, as eightLengths gives it */
export async function countScope(tx: Tx, scopeId: string, by: { docs: number; length: number }): Promise<void> {
  if (by.docs === 0 && by.length === 0) return;
  await sql`insert into search_scope (scope_id, docs, total_length) values (${scopeId}, ${by.docs}, ${by.length})
    on conflict (scope_id) do update set docs = search_scope.docs + excluded.docs,
    total_length = search_scope.total_length + excluded.total_length`.execute(tx.unguarded);
  if (by.docs < 0) await tx.deleteFrom("search_scope").where("scope_id", "=", scopeId).where("docs", "<=", 0).execute();
}

/** Keeps the words behind the numbers, for prefixes and suggestions. */
export async function rememberTerms(tx: Tx, terms: [t: number, term: string][]): Promise<void> {
  const rows = terms.map(([t, term]) => ({ t, term }));
  for (let from = 0; from < rows.length; from += MOST_ROWS)
    await tx
      .insertInto("search_term")
      .values(rows.slice(from, from + MOST_ROWS))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** Words that no document holds any more are forgotten: an erased name must not live on in the index. */
export async function forgetTerms(tx: Tx, terms: readonly number[]): Promise<void> {
  if (terms.length === 0) return;
  await sql`delete from search_term where t in (select v.n from ${numbers(tx, terms)} v)
    and not exists (select 1 from search_df where search_df.t = search_term.t)`.execute(tx.unguarded);
}

const MOST_ROWS = 500;
const pair = ([t, posting]: [number, number]): string => String(BigInt(t) * 32768n + BigInt(posting));

/** A subquery with one column `n` of whole numbers, in their order: one parameter however many there are. */
const numbers = (tx: Tx, list: readonly (number | string)[]) =>
  sql`(select cast(j.id as bigint) as n from (${tx.unguarded.engine.jsonList(JSON.stringify(list.map(String)))}) j)`;
