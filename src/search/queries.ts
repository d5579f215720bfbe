import type { Reader } from "../access/reader.ts";
import { parseQuery, type Query } from "../analyzer/query.ts";
import { highlight, marksOf, type Segment } from "../analyzer/snippet.ts";
import { excerptOf } from "../customers/world/excerpt.ts";
import type { Reason } from "../customers/world/item.ts";
import { fromCursor, toCursor } from "../db/cursor.ts";
import { conditionsOf } from "./conditions.ts";
import { type Doc, findDocs } from "./find.ts";
import { listRows, type Row } from "./rows.ts";
import { listWorlds, type Worlds } from "./worlds.ts";

/** What somebody asked: the text of the query and, as in it, filters of the page or the API. */
export type Asked = { q: string } & { [field in (typeof FIELDS)[number]]?: string | undefined };
export type Paging = { limit: number; cursor?: string | undefined };

/** A result. `reasons`: why it belongs to the customer that was asked for. */
export type Hit = Omit<Row, "text" | "excerpt"> & {
  titleSegments: Segment[];
  /** What may be told to customers, and the part of the rest that fits best. */
  answer: Segment[];
  passage: Segment[];
  reasons: Reason[];
};

/**
 * `total` counts what the viewer can see; `atLeast`: a phrase was looked for in the likeliest documents only. The
 * cursors lead to the parts of the list before and behind this one.
 */
export type Results = {
  query: Query;
  hits: Hit[];
  total: number;
  atLeast: boolean;
  previousCursor: string | null;
  nextCursor: string | null;
};

/**
 * Searches all that the viewer can see, exactly as if there were nothing else. Any text is a query; one that asks for
 * nothing finds nothing. The order is the same for the same question, so that a cursor goes on where it stopped.
 */
export async function searchAll(read: Reader, asked: Asked, { limit, cursor }: Paging): Promise<Results> {
  const query = queryOf(asked);
  const worlds = await listWorlds(read, query);
  const conditions = await conditionsOf(read, query, worlds);
  const offset = offsetOf(cursor) ?? 0;
  const { docs, total, atLeast } = await findDocs(read, { query, conditions, limit, offset });
  const end = offset + docs.length;
  return {
    query,
    hits: await presentHits(read, { query, worlds, docs }),
    total,
    atLeast,
    previousCursor: offset > 0 ? toCursor([String(Math.max(0, offset - limit))]) : null,
    nextCursor: docs.length > 0 && end < total ? toCursor([String(end)]) : null,
  };
}

/** How many results came before; undefined for a cursor that is not one of a search. */
export function offsetOf(cursor: string | undefined): number | undefined {
  const [before = ""] = fromCursor(cursor, 1) ?? [];
  return /^\d{1,6}$/.test(before) ? Number(before) : undefined;
}

/** The query of a text and of filters beside it. */
export function queryOf(asked: Asked): Query {
  const { clauses, filters } = parseQuery(asked.q);
  const given = FIELDS.map((field) => ({ field, value: asked[field] ?? "", excluded: false }));
  return { clauses, filters: [...filters, ...given.filter(({ value }) => value !== "")] };
}

const FIELDS = ["space", "customer", "product", "label", "author", "type", "before", "after"] as const;

async function presentHits(
  read: Reader,
  { query, worlds, docs }: { query: Query; worlds: Worlds; docs: readonly Doc[] },
): Promise<Hit[]> {
  const byKind = Map.groupBy(docs, ({ kind }) => kind);
  const lists = await Promise.all(
    [...byKind].map(
      async ([kind, some]) =>
        [
          kind,
          await listRows(
            read,
            kind,
            some.map(({ refId }) => refId),
          ),
        ] as const,
    ),
  );
  const rows = new Map(lists);
  const marks = marksOf(query);
  const reasons = reasonsIn(worlds);
  return docs.flatMap(({ kind, refId }) => {
    const row = rows.get(kind)?.get(refId);
    if (!row) return [];
    const { text, excerpt = text, ...shown } = row;
    return {
      ...shown,
      titleSegments: highlight(row.title, marks),
      ...excerptOf({ text: excerpt, say: row.say }, marks),
      reasons: (kind === "page" && reasons.get(refId)) || [],
    };
  });
}

const reasonsIn = (worlds: Worlds): Map<string, Reason[]> =>
  new Map([...worlds.values()].flatMap(({ pages }) => pages.map(({ id, reasons }) => [id, reasons] as const)));
