import { type Clock, inTransaction, type Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import { ANALYZER_VERSION } from "../analyzer/analyze.ts";
import type { Db } from "../db/open.ts";
import { KINDS, type Kind } from "./documents.ts";
import { indexAll } from "./index.ts";
import { AT_ONCE, documentsOf, listPart, type Part, partOf } from "./sources.ts";

/** `viewer`: the operator, see systemViewer; `onProgress` gets how many rows are done. */
export type Reindexing = { viewer: Viewer; clock: Clock; onProgress?: (done: number) => void };

/**
 * Empties the index and makes it anew from the rows themselves, some at a time, so that others can write in between;
 * until it ends search finds only what has been read again.
 * @returns how many rows were indexed
 */
export async function reindex(db: Db, by: Reindexing): Promise<number> {
  await inTransaction(db, by.viewer, by.clock, emptyIndex);
  let done = 0;
  for (const kind of KINDS)
    for await (const count of indexKind(db, kind, by)) {
      done += count;
      by.onProgress?.(done);
    }
  return done;
}

/** Puts some rows into the index as they are now, hidden ones too: after words were changed behind the backs of all. */
export async function indexAgain(tx: Tx, kind: Kind, ids: string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await indexAll(tx, await documentsOf(tx, await partOf(tx.unguarded, kind, ids.slice(from, from + AT_ONCE))));
}

/** Whether rows were indexed by another version of the analyzer, so that queries miss words of theirs. */
export async function isOutdated(db: Db): Promise<boolean> {
  const old = await db
    .selectFrom("search_doc")
    .select("d")
    .where("analyzer_version", "!=", ANALYZER_VERSION)
    .limit(1)
    .executeTakeFirst();
  return old !== undefined;
}

const TABLES = ["posting", "df", "scope", "term", "content", "doc"] as const;
/** The tables of the index, which hold words too. */
export const INDEX_TABLES = TABLES.map((table) => `search_${table}`);

async function emptyIndex(tx: Tx): Promise<void> {
  for (const table of TABLES) await tx.deleteFrom(`search_${table}`).execute();
}

async function* indexKind(db: Db, kind: Kind, { viewer, clock }: Reindexing): AsyncGenerator<number> {
  let part = await listPart(db, kind, "");
  while (part.ids.length > 0) {
    const some = part;
    yield await inTransaction(db, viewer, clock, (tx) => indexPart(tx, some));
    part = await listPart(db, kind, some.ids.at(-1) ?? "");
  }
}

async function indexPart(tx: Tx, part: Part): Promise<number> {
  const docs = await documentsOf(tx, part);
  await indexAll(tx, docs);
  return docs.length;
}
