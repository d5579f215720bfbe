import type { Reader } from "../access/reader.ts";
import { fold } from "../analyzer/analyze.ts";
import { stem } from "../analyzer/porter2.ts";
import { type Query, type QueryTerm, termsOf } from "../analyzer/query.ts";
import { toCount } from "../db/portable.ts";
import { inverseFrequency, type Norm, normOf } from "./bm25.ts";
import { termNumber } from "./postings.ts";

/** A term with its worth to this viewer: `df` documents they can see hold it, `weight` is in thousandths. */
export type Weighed = { t: number; term: string; unigram: boolean; df: number; weight: number };
export type Weights = { terms: Weighed[]; norm: Norm };

/**
 * Weighs the terms of a query by the documents the viewer can see, and by no others: their ranking is that of a wiki
 * which holds nothing else. Terms that no visible document holds are left out; a prefix* stands for the terms it begins.
 */
export async function weighTerms(read: Reader, query: Query): Promise<Weights> {
  const terms = [...termsOf(query), ...(await expandPrefixes(read, query))];
  const { docs, length } = await visibleSize(read);
  const frequencies = await visibleFrequencies(
    read,
    terms.map(({ term }) => termNumber(term)),
  );
  const weighed = terms.map(({ term, unigram, count }) => {
    const t = termNumber(term);
    const df = frequencies.get(t) ?? 0;
    return { t, term, unigram, df, weight: inverseFrequency(docs, df) * count };
  });
  const norm = normOf(docs === 0 ? 0 : length / docs);
  return {
    terms: rarest(
      weighed.filter(({ df }) => df > 0),
      MOST_TERMS,
    ),
    norm,
  };
}

/** The terms that fewest documents hold, the rarest first; of equals in the order of their numbers. */
export const rarest = (terms: readonly Weighed[], most: number): Weighed[] =>
  [...terms].sort((a, b) => a.df - b.df || a.t - b.t).slice(0, most);

/** A pasted page is a query too; its rarest terms say what it is about. */
const MOST_TERMS = 40;
const MOST_OF_PREFIX = 30;

async function visibleSize(read: Reader): Promise<{ docs: number; length: number }> {
  const size = await read
    .selectFrom("search_scope as s")
    .where("s.scope_id", "in", (eb) => eb.selectFrom("visible_scopes").select("id"))
    .select((eb) => [eb.fn.sum("s.docs").as("docs"), eb.fn.sum("s.total_length").as("length")])
    .executeTakeFirst();
  return { docs: toCount(size?.docs), length: toCount(size?.length) };
}

async function visibleFrequencies(read: Reader, numbers: readonly number[]): Promise<Map<number, number>> {
  const rows = await read
    .selectFrom("search_df as f")
    .where("f.t", "in", [-1, ...numbers])
    .where("f.scope_id", "in", (eb) => eb.selectFrom("visible_scopes").select("id"))
    .groupBy("f.t")
    .select((eb) => ["f.t", eb.fn.sum("f.df").as("df")])
    .orderBy("f.t")
    .execute();
  return new Map(rows.map((row) => [toCount(row.t), toCount(row.df)]));
}

/** The terms that begin with a prefix of the query, those of most visible documents first. */
async function expandPrefixes(read: Reader, query: Query): Promise<QueryTerm[]> {
  const prefixes = query.clauses.filter((clause) => clause.kind === "prefix" && !clause.excluded);
  const terms = await Promise.all(prefixes.map((clause) => listTermsFrom(read, clause.text)));
  return [...new Set(terms.flat())].map((term) => ({ term, unigram: false, count: 1 }));
}

export async function listTermsFrom(read: Reader, prefix: string): Promise<string[]> {
  const from = fold(prefix);
  const rows = await read
    .selectFrom("search_term as w")
    .innerJoin("search_df as f", "f.t", "w.t")
    .where("w.term", ">=", from)
    .where("w.term", "<", `${from}\u{10ffff}`)
    .where("f.scope_id", "in", (eb) => eb.selectFrom("visible_scopes").select("id"))
    .groupBy("w.term")
    .select((eb) => ["w.term", eb.fn.sum("f.df").as("df")])
    .orderBy("df", "desc")
    .orderBy("w.term")
    .limit(MOST_OF_PREFIX)
    .execute();
  return [...new Set([...rows.map((row) => row.term), stem(from)])];
}
