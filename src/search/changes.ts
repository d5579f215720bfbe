import { sql } from "kysely";
import type { Tx } from "../access/transaction.ts";
import { eightLengths } from "./bm25.ts";

/** A document in the index with the posting of each term; `words` are the terms behind the numbers, where they may be new. */
export type Indexed = {
  d: number;
  scopeId: string;
  bucket: number;
  terms: ReadonlyMap<number, number>;
  words?: ReadonlyMap<number, string>;
};

/** What some rows change in the index: postings by term and document, counts by scope. */
export type Changes = {
  postings: { t: number; d: number; posting: number }[];
  removed: { t: number; d: number }[];
  fresh: Map<number, string>;
  frequencies: Map<string, Map<number, number>>;
  sizes: Map<string, { docs: number; length: number }>;
};

export const noChanges = (): Changes => ({
  postings: [],
  removed: [],
  fresh: new Map(),
  frequencies: new Map(),
  sizes: new Map(),
});

/** Notes that a document was as `before` (undefined: not there) and is now as `after` (undefined: gone). */
export function noteDoc(changes: Changes, before: Indexed | undefined, after: Indexed | undefined): void {
  if (before) countDoc(changes, before, -1);
  if (after) countDoc(changes, after, 1);
  for (const t of before?.terms.keys() ?? [])
    if (before && !after?.terms.has(t)) changes.removed.push({ t, d: before.d });
  for (const [t, posting] of after?.terms ?? []) {
    const known = before?.terms.get(t);
    if (after && known !== posting) changes.postings.push({ t, d: after.d, posting });
    const word = after?.words?.get(t);
    if (known === undefined && word !== undefined) changes.fresh.set(t, word);
  }
}

/** Writes what was noted, in the order of terms: so it is fastest, and two writers never wait for each other in a circle. */
export async function writeChanges(tx: Tx, changes: Changes): Promise<void> {
  await inChunks(byTerm(changes.postings), (rows) => writePostings(tx, rows));
  await inChunks(byTerm(changes.removed), (rows) => deletePostings(tx, rows));
  for (const [scopeId, frequencies] of inOrder(changes.frequencies))
    await inChunks(changed(frequencies), (rows) => countTerms(tx, scopeId, rows));
  for (const [scopeId, size] of inOrder(changes.sizes)) await countScope(tx, scopeId, size);
  await inChunks(changed(changes.fresh), (rows) => rememberTerms(tx, rows));
  await inChunks([...new Set(changes.removed.map(({ t }) => t))], (terms) => forgetTerms(tx, terms));
}

function countDoc(changes: Changes, doc: Indexed, by: 1 | -1): void {
  const frequencies = changes.frequencies.get(doc.scopeId) ?? new Map<number, number>();
  changes.frequencies.set(doc.scopeId, frequencies);
  for (const t of doc.terms.keys()) frequencies.set(t, (frequencies.get(t) ?? 0) + by);
  const { docs, length } = changes.sizes.get(doc.scopeId) ?? { docs: 0, length: 0 };
  changes.sizes.set(doc.scopeId, { docs: docs + by, length: length + by * eightLengths(doc.bucket) });
}

const ROWS_AT_ONCE = 20_000;

async function inChunks<Row>(rows: readonly Row[], write: (rows: readonly Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) await write(rows.slice(from, from + ROWS_AT_ONCE));
}

const byTerm = <Row extends { t: number; d: number }>(rows: Row[]): Row[] =>
  rows.sort((a, b) => a.t - b.t || a.d - b.d);
const inOrder = <Value>(map: Map<string, Value>): [string, Value][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
const changed = <Value>(map: Map<number, Value>): [number, Value][] =>
  [...map].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b);

const writePostings = (tx: Tx, rows: readonly { t: number; d: number; posting: number }[]) =>
  sql`insert into search_posting (t, d, i)
    select ${number(0, T)}, ${number(T, D)}, ${number(T + D)}
    from ${lines(
      tx,
      rows.map(({ t, d, posting }) => digits(t, T) + digits(d, D) + posting),
    )} where true
    on conflict (t, d) do update set i = excluded.i`.execute(tx.unguarded);

const deletePostings = (tx: Tx, rows: readonly { t: number; d: number }[]) =>
  sql`delete from search_posting where (t, d) in (select ${number(0, T)}, ${number(T, D)}
    from ${lines(
      tx,
      rows.map(({ t, d }) => digits(t, T) + digits(d, D)),
    )})`.execute(tx.unguarded);

/** A term without documents has no row. */
async function countTerms(tx: Tx, scopeId: string, rows: readonly [t: number, by: number][]): Promise<void> {
  await sql`insert into search_df (t, scope_id, df) select ${number(0, T)}, ${scopeId}, ${number(T)}
    from ${lines(
      tx,
      rows.map(([t, by]) => digits(t, T) + by),
    )} where true
    on conflict (t, scope_id) do update set df = search_df.df + excluded.df`.execute(tx.unguarded);
  const fewer = rows.filter(([, by]) => by < 0).map(([t]) => digits(t, T));
  if (fewer.length > 0)
    await sql`delete from search_df where df <= 0 and scope_id = ${scopeId}
      and t in (select ${number(0, T)} from ${lines(tx, fewer)})`.execute(tx.unguarded);
}

async function countScope(tx: Tx, scopeId: string, by: { docs: number; length: number }): Promise<void> {
  if (by.docs === 0 && by.length === 0) return;
  await sql`insert into search_scope (scope_id, docs, total_length) values (${scopeId}, ${by.docs}, ${by.length})
    on conflict (scope_id) do update set docs = search_scope.docs + excluded.docs,
    total_length = search_scope.total_length + excluded.total_length`.execute(tx.unguarded);
  if (by.docs < 0) await tx.deleteFrom("search_scope").where("scope_id", "=", scopeId).where("docs", "<=", 0).execute();
}

/** Keeps the words behind the numbers, for prefixes and suggestions. */
const rememberTerms = (tx: Tx, rows: readonly [t: number, term: string][]) =>
  sql`insert into search_term (t, term) select ${number(0, T)}, substr(line.id, ${sql.lit(T + 1)})
    from ${lines(
      tx,
      rows.map(([t, term]) => digits(t, T) + term),
    )} where true
    on conflict do nothing`.execute(tx.unguarded);

/** Words that no document holds any more are forgotten: an erased name must not live on in the index. */
const forgetTerms = (tx: Tx, terms: readonly number[]) =>
  sql`delete from search_term where t in (select ${number(0, T)} from ${lines(
    tx,
    terms.map((t) => digits(t, T)),
  )})
    and not exists (select 1 from search_df where search_df.t = search_term.t)`.execute(tx.unguarded);

/** Many rows travel as one parameter, a text each: `t` in 15 digits, `d` in 10, then the rest. */
const [T, D] = [15, 10];
const digits = (number: number, size: number): string => String(number).padStart(size, "0");
const lines = (tx: Tx, texts: readonly string[]) => sql`(${tx.unguarded.engine.jsonList(JSON.stringify(texts))}) line`;
const number = (after: number, size?: number) =>
  size === undefined
    ? sql`cast(substr(line.id, ${sql.lit(after + 1)}) as bigint)`
    : sql`cast(substr(line.id, ${sql.lit(after + 1)}, ${sql.lit(size)}) as bigint)`;
