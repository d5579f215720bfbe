import { gunzipSync, gzipSync } from "node:zlib";
import { highlight, type Segment } from "../../analyzer/snippet.ts";
import { buildIndex } from "./build.ts";
import type { Document } from "./document.ts";
import { type Excerpt, excerptOf } from "./excerpt.ts";
import { find, unpack } from "./find.ts";

/** What the worker is asked: to pack documents with their index, or to look for a text in what it packed. */
export type Task = { documents: Document[] } | { packed: Uint8Array; text: string };
export type Packed = { packed: Uint8Array };
export type Found = { hits: FoundDocument[]; total: number };
/** A document that fits, its title and what of it answers marked. */
export type FoundDocument = Excerpt & { document: Document; title: Segment[] };

/** Slow (a second for 1 000 items on a busy machine): for a worker only. */
export function work(task: Task): Packed | Found {
  if ("documents" in task) return { packed: gzipSync(JSON.stringify(buildIndex(task.documents))) };
  return showHits(find(unpack(JSON.parse(gunzipSync(task.packed).toString())), task.text));
}

const showHits = ({ hits, total }: ReturnType<typeof find>): Found => ({
  total,
  hits: hits.map(({ document, terms }) => {
    const marks = { terms, prefixes: [] };
    return { document, title: highlight(document.title, marks), ...excerptOf(document, marks) };
  }),
});
