import { fold, type Token, tokenize } from "./analyze.ts";

export type Field = "space" | "customer" | "product" | "label" | "author" | "type" | "before" | "after" | "title";
/** What must be there, or with `excluded` must not: a word, a "phrase", or words beginning with prefix*. */
export type Clause = { kind: "word" | "phrase" | "prefix"; text: string; excluded: boolean };
export type Filter = { field: Field; value: string; excluded: boolean };
export type Query = { clauses: Clause[]; filters: Filter[] };

/** A term to rank by, and how often the query says it. */
export type QueryTerm = { term: string; unigram: boolean; count: number };

/**
 * Reads what somebody typed: words, "phrase", -not, prefix*, field:value, with Chinese punctuation and field names too
 * (客户：华信, “错误 503”, －旧版). Any text is a query: what is no filter is words.
 */
export function parseQuery(text: string): Query {
  const query: Query = { clauses: [], filters: [] };
  for (const { groups } of text.matchAll(ITEM)) readItem(query, groups ?? {});
  return query;
}

/** The terms a document is ranked by. Stop words are left out unless nothing else is left. */
export function termsOf(query: Query): QueryTerm[] {
  const wanted = query.clauses.filter((clause) => !clause.excluded && clause.kind !== "prefix");
  const titles = query.filters.filter((filter) => filter.field === "title" && !filter.excluded);
  return countTerms(telling([...wanted.map((c) => c.text), ...titles.map((f) => f.value)].flatMap(tokenize)));
}

/** All terms a text must hold to hold this clause. */
export function termsOfClause(clause: Clause): string[] {
  const tokens = telling(tokenize(clause.text));
  const telltale = tokens.filter((token) => !token.unigram);
  return [...new Set((telltale.length > 0 ? telltale : tokens).map((token) => token.term))];
}

/** Whether a query asks for any words, or only leaves out and filters. */
export const asksForWords = (query: Query): boolean => query.clauses.some((clause) => !clause.excluded);

/** What was asked for in plain words, without operators and filters: `x200 "错误 503" -旧` gives `x200 错误 503`. */
export function plainWords(query: Query): string {
  return query.clauses
    .filter((clause) => !clause.excluded)
    .map((clause) => clause.text)
    .join(" ");
}

/** Tokens without stop words, or all of them if they are nothing else. */
export function telling(tokens: readonly Token[]): readonly Token[] {
  const left = tokens.filter((token) => !token.stop);
  return left.length > 0 ? left : tokens;
}

const FIELDS: ReadonlyMap<string, Field> = new Map([
  ...(["space", "customer", "product", "label", "author", "type", "before", "after", "title"] as const).map(
    (field) => [field, field] as const,
  ),
  ["tag", "label"],
  ["空间", "space"],
  ["知识空间", "space"],
  ["客户", "customer"],
  ["产品", "product"],
  ["标签", "label"],
  ["作者", "author"],
  ["类型", "type"],
  ["早于", "before"],
  ["晚于", "after"],
  ["标题", "title"],
]);

/** Quotes mean a phrase where they stand by themselves: in 为什么叫“知客”呢 they are punctuation. One left open ends at the end. */
const ENDS = "(?=[\\s\\p{Po}]|$)";
const QUOTED = `["“”＂](?<NAME>[^"“”＂]*)(?:["“”＂]${ENDS}|$)|[「『](?<NAMEzh>[^」』]*)(?:[」』]${ENDS}|$)`;
const quoted = (name: string): string => QUOTED.replaceAll("NAME", name);
/** One item of a query: an optional minus, an optional field, and a quoted text or a word. */
const ITEM = new RegExp(
  `(?<minus>(?<!\\S)[-－−](?=\\S))?(?:(?<field>\\p{L}{1,12})[:：](?:${quoted("value")}|(?<bare>\\S+))|${quoted("phrase")}|(?<word>\\S+))`,
  "gu",
);

type Item = { [group: string]: string | undefined };

function readItem(query: Query, item: Item): void {
  const excluded = item.minus !== undefined;
  const field = FIELDS.get(fold(item.field ?? ""));
  const value = (item.value ?? item.valuezh ?? item.bare ?? "").trim();
  const phrase = item.phrase ?? item.phrasezh;
  if (field !== undefined && value !== "") query.filters.push({ field, value, excluded });
  else if (item.field !== undefined) addWords(query, [item.field, value], excluded);
  else if (phrase !== undefined) addClause(query, { kind: "phrase", text: phrase.trim(), excluded });
  else addWords(query, [item.word ?? ""], excluded);
}

function addWords(query: Query, words: string[], excluded: boolean): void {
  for (const word of words) {
    const prefix = /^(.+?)[*＊]+$/u.exec(word)?.[1];
    addClause(query, { kind: prefix === undefined ? "word" : "prefix", text: prefix ?? word, excluded });
  }
}

/** A clause without a letter or digit asks for nothing. */
function addClause(query: Query, clause: Clause): void {
  if (/[\p{L}\p{N}]/u.test(clause.text)) query.clauses.push(clause);
}

function countTerms(tokens: readonly Token[]): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  for (const { term, unigram } of tokens) {
    const known = terms.get(term);
    if (known) known.count += 1;
    else terms.set(term, { term, unigram, count: 1 });
  }
  return [...terms.values()];
}
