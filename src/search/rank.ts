import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Reader } from "../access/reader.ts";
import type { World } from "../access/world.ts";
import { toCount } from "../db/portable.ts";
import type { Norm } from "./bm25.ts";
import { rarest, type Weighed, type Weights } from "./weigh.ts";

/** A condition on search documents `x`. */
export type Condition = (eb: DocExpressions) => Expression<SqlBool>;
export type DocExpressions = ExpressionBuilder<World & { x: World["search_doc"] }, "x">;

/** A document and its BM25 in millionths. */
export type Ranked = { d: number; score: number };
export type Part = { limit: number; offset: number };

/**
 * The documents the viewer can see that hold any of the telling terms and meet all conditions, the best first, and how
 * many they are. BM25 in whole numbers, so that both engines rank alike; equals stand in the order of their numbers.
 */
export async function rankDocs(
  read: Reader,
  { terms, norm }: Weights,
  { conditions, limit, offset }: Part & { conditions: readonly Condition[] },
): Promise<{ ranked: Ranked[]; total: number }> {
  const rows = await matching(read, terms, conditions)
    .groupBy("p.d")
    .select(["p.d", scoreOf(norm).as("score"), sql<number>`count(*) over ()`.as("total")])
    .orderBy("score", "desc")
    .orderBy("p.d")
    .limit(limit)
    .offset(offset)
    .execute();
  return { ranked: rows.map((row) => ({ d: row.d, score: toCount(row.score) })), total: toCount(rows[0]?.total) };
}

/** How many documents of each kind and scope meet the conditions and, if there are any terms, hold a telling one. */
export async function countDocs(
  read: Reader,
  terms: readonly Weighed[],
  conditions: readonly Condition[],
): Promise<{ kind: string; scopeId: string; docs: number }[]> {
  const docs = terms.length > 0 ? matching(read, terms, conditions) : allDocs(read, conditions);
  const rows = await docs
    .groupBy(["x.kind", "x.scope_id"])
    .select((eb) => ["x.kind", "x.scope_id", eb.fn.count("x.d").distinct().as("docs")])
    .orderBy("x.kind")
    .orderBy("x.scope_id")
    .execute();
  return rows.map((row) => ({ kind: row.kind, scopeId: row.scope_id, docs: toCount(row.docs) }));
}

/** The same as rankDocs for a query without words: all that meet the conditions, the newest first. */
export async function listDocs(
  read: Reader,
  { conditions, limit, offset }: Part & { conditions: readonly Condition[] },
): Promise<{ ranked: Ranked[]; total: number }> {
  const rows = await allDocs(read, conditions)
    .select(["x.d", sql<number>`count(*) over ()`.as("total")])
    .orderBy("x.d", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  return { ranked: rows.map((row) => ({ d: row.d, score: 0 })), total: toCount(rows[0]?.total) };
}

/** Ranks some documents anew by all terms of the query. */
export async function rankAgain(read: Reader, { terms, norm }: Weights, docs: readonly Ranked[]): Promise<Ranked[]> {
  const rows = await read
    .selectFrom(weighted(terms))
    .crossJoin("search_posting as p")
    .whereRef("p.t", "=", "q.column1")
    .where(
      "p.d",
      "in",
      docs.map(({ d }) => d),
    )
    .groupBy("p.d")
    .select(["p.d", scoreOf(norm).as("score")])
    .orderBy("score", "desc")
    .orderBy("p.d")
    .execute();
  return rows.map((row) => ({ d: row.d, score: toCount(row.score) }));
}

/**
 * The terms that choose the documents: the rarest, at most 12, and no more of them than hold 20 000 documents
 * together, so that a word of half the wiki costs no more than others. Single characters choose only if there is
 * nothing else.
 */
export function tellingTerms(terms: readonly Weighed[]): Weighed[] {
  const longer = terms.filter((term) => !term.unigram);
  let documents = 0;
  return rarest(longer.length > 0 ? longer : terms, MOST_CHOOSING).filter(({ df }, at) => {
    documents += df;
    return at === 0 || documents <= MOST_POSTINGS;
  });
}

const MOST_CHOOSING = 12;
const MOST_POSTINGS = 20_000;

const matching = (read: Reader, terms: readonly Weighed[], conditions: readonly Condition[]) =>
  read
    .selectFrom(weighted(tellingTerms(terms)))
    .crossJoin("search_posting as p")
    .crossJoin("search_doc as x")
    .whereRef("p.t", "=", "q.column1")
    .whereRef("x.d", "=", "p.d")
    .where((eb) => visibleAnd(eb, conditions));

const allDocs = (read: Reader, conditions: readonly Condition[]) =>
  read.selectFrom("search_doc as x").where((eb) => visibleAnd(eb, conditions));

/** A table `q` of the terms' numbers (column1) and weights (column2). */
function weighted(terms: readonly Weighed[]) {
  const rows = terms.map(({ t, weight }) => sql`(cast(${t} as bigint), cast(${weight} as bigint))`);
  return sql<{ column1: number; column2: number }>`(values ${sql.join(rows)})`.as<"q">(sql.ref("q"));
}

/** The SQL of scoreOf in bm25.ts, summed over the terms. */
const scoreOf = ({ base, slope }: Norm) =>
  sql<number>`sum(q.column2 * 3000000 * (p.i / 128) / (1000 * (p.i / 128) + cast(${base} as bigint)
    + cast(${slope} as bigint) * ((8 + p.i % 8) << (p.i / 8 % 16)) / 1048576))`;

const visibleAnd = (eb: DocExpressions, conditions: readonly Condition[]) =>
  eb.and([
    eb("x.scope_id", "in", eb.selectFrom("visible_scopes").select("id")),
    ...conditions.map((condition) => condition(eb)),
  ]);
