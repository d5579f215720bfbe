import type { Reader } from "../access/reader.ts";
import { fold } from "../analyzer/analyze.ts";
import { asksForWords, plainWords, type Query } from "../analyzer/query.ts";
import { toCount } from "../db/portable.ts";
import { isKind, type Kind } from "./documents.ts";
import { lift } from "./lift.ts";
import { type Condition, listDocs, type Part, type Ranked, rankAgain, rankDocs, tellingTerms } from "./rank.ts";
import { listRows } from "./rows.ts";
import { type Weights, weighTerms } from "./weigh.ts";

/** A document of the index: which row it is of. */
export type Doc = { d: number; kind: Kind; refId: string };
/** `atLeast`: only the likeliest documents were looked through for a phrase; there may be more. */
export type FoundDocs = { docs: Doc[]; total: number; atLeast: boolean };
type Wanted = Part & { query: Query; conditions: readonly Condition[] };

/** The documents that a query finds, from `offset` on, and how many there are in all. */
export async function findDocs(read: Reader, wanted: Wanted): Promise<FoundDocs> {
  const { query, conditions, limit, offset } = wanted;
  if (!asksForWords(query) && conditions.length === 0) return NOTHING;
  const weights = await weighTerms(read, query);
  if (hasPhrase(query)) return findPhrases(read, wanted, weights);
  if (weights.terms.length > 0) return findWords(read, wanted, weights);
  if (asksForWords(query)) return NOTHING;
  const { ranked, total } = await listDocs(read, { conditions, limit, offset });
  return { docs: await describe(read, ranked), total, atLeast: false };
}

const NOTHING: FoundDocs = { docs: [], total: 0, atLeast: false };
/** So many of the best are ranked by all terms and lifted by their titles; those behind keep their first order. */
const HEAD = 100;
/** So many documents at most are looked through for a phrase. */
const MOST_READ = 300;

const hasPhrase = ({ clauses }: Query): boolean => clauses.some(({ kind }) => kind === "phrase");

async function findWords(read: Reader, wanted: Wanted, weights: Weights): Promise<FoundDocs> {
  const { query, conditions, limit, offset } = wanted;
  const inHead = offset < HEAD;
  const head = await rankDocs(read, weights, { conditions, limit: inHead ? HEAD : limit, offset: inHead ? 0 : offset });
  if (!inHead) return { docs: await describe(read, head.ranked), total: head.total, atLeast: false };
  const best = await orderHead(read, { query, weights, ranked: head.ranked });
  const missing = Math.min(offset + limit, head.total) - HEAD;
  const tail = missing > 0 ? await rankDocs(read, weights, { conditions, limit: missing, offset: HEAD }) : undefined;
  const docs = [...best, ...(tail ? await describe(read, tail.ranked) : [])];
  return { docs: docs.slice(offset, offset + limit), total: head.total, atLeast: false };
}

/** Documents hold all terms of a phrase by now; whether they stand together is seen in the words themselves. */
async function findPhrases(read: Reader, wanted: Wanted, weights: Weights): Promise<FoundDocs> {
  const { query, conditions, limit, offset } = wanted;
  const part = { conditions, limit: MOST_READ, offset: 0 };
  const wantsWords = asksForWords(query);
  if (wantsWords && weights.terms.length === 0) return NOTHING;
  const { ranked, total } = wantsWords ? await rankDocs(read, weights, part) : await listDocs(read, part);
  const fitting = await holding(read, await describe(read, ranked), query);
  const kept = new Set(fitting.map(({ d }) => d));
  const left = ranked.filter(({ d }) => kept.has(d));
  const best = wantsWords ? await orderHead(read, { query, weights, ranked: left.slice(0, HEAD) }) : [];
  const docs = [...best, ...fitting.slice(best.length)];
  return { docs: docs.slice(offset, offset + limit), total: docs.length, atLeast: total > MOST_READ };
}

/** Those of the documents whose words hold every phrase of the query and none that it excludes. */
async function holding(read: Reader, docs: readonly Described[], query: Query): Promise<Described[]> {
  const phrases = query.clauses.filter(({ kind }) => kind === "phrase");
  const byKind = Map.groupBy(docs, ({ kind }) => kind);
  const kept = new Set<number>();
  for (const [kind, some] of byKind) {
    const rows = await listRows(
      read,
      kind,
      some.map(({ refId }) => refId),
    );
    for (const { d, refId } of some) {
      const row = rows.get(refId);
      const words = evenSpaces(`${row?.title ?? ""}\n${row?.text ?? ""}`);
      if (phrases.every((phrase) => words.includes(evenSpaces(phrase.text)) !== phrase.excluded)) kept.add(d);
    }
  }
  return docs.filter(({ d }) => kept.has(d));
}

const evenSpaces = (text: string): string => fold(text).replace(/\s+/g, " ");

type Described = Doc & Ranked & { titleKey: string; nameKeys: string };

/** The documents behind their numbers, in the same order. */
async function describe(read: Reader, ranked: readonly Ranked[]): Promise<Described[]> {
  if (ranked.length === 0) return [];
  const rows = await read
    .selectFrom("search_doc as x")
    .innerJoin("search_content as content", "content.d", "x.d")
    .select(["x.d", "x.kind", "x.ref_id", "content.title_key", "content.name_keys"])
    .where(
      "x.d",
      "in",
      ranked.map(({ d }) => d),
    )
    .orderBy("x.d")
    .execute();
  const byNumber = new Map(rows.map((row) => [row.d, row]));
  return ranked.flatMap(({ d, score }) => {
    const row = byNumber.get(d);
    if (!row || !isKind(row.kind)) return [];
    return { d, score, kind: row.kind, refId: row.ref_id, titleKey: row.title_key, nameKeys: row.name_keys };
  });
}

/** The best documents by all terms of the query, lifted by what they are called and by who links to them. */
async function orderHead(
  read: Reader,
  { query, weights, ranked }: { query: Query; weights: Weights; ranked: readonly Ranked[] },
): Promise<Described[]> {
  const choosing = tellingTerms(weights.terms).length;
  const again = choosing < weights.terms.length && ranked.length > 0 ? await rankAgain(read, weights, ranked) : ranked;
  const docs = await describe(read, again);
  const backlinks = await countBacklinks(read, docs);
  const liftable = docs.map((doc) => ({
    ...doc,
    isPage: doc.kind === "page",
    backlinks: (backlinks.get(doc.refId) ?? 0) + (backlinks.get(doc.titleKey) ?? 0),
  }));
  return lift(plainWords(query), liftable);
}

/** How many visible pages link to a page, by its id and by its title key. */
async function countBacklinks(read: Reader, docs: readonly Described[]): Promise<Map<string, number>> {
  const pages = docs.filter(({ kind }) => kind === "page");
  if (pages.length === 0) return new Map();
  const rows = await read
    .selectFrom("visible_links")
    .select((eb) => ["target", eb.fn.count("page_id").distinct().as("pages")])
    .where("kind", "in", ["page", "title"])
    .where(
      "target",
      "in",
      pages.flatMap(({ refId, titleKey }) => [refId, titleKey]),
    )
    .groupBy("target")
    .orderBy("target")
    .execute();
  return new Map(rows.map((row) => [row.target, toCount(row.pages)]));
}
