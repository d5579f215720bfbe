import { Readable } from "node:stream";
import { bytes, type Reply } from "../../http/reply.ts";
import type { Entry } from "./queries.ts";

export const FORMATS = ["csv", "jsonl"] as const;
export type Format = (typeof FORMATS)[number];

const TYPES: Record<Format, string> = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/x-ndjson; charset=utf-8",
};

/** A file that is sent while it is read, so that a log of any length fits. @param day names the file, e.g. `2026-11-22` */
export const exportFile = (entries: AsyncIterable<Entry>, format: Format, day: string): Reply =>
  bytes(Readable.from(format === "csv" ? asCsv(entries) : asJsonLines(entries)), {
    "Content-Type": TYPES[format],
    "Content-Disposition": `attachment; filename="zhike-audit-${day}.${format}"`,
  });

const COLUMNS = [
  "seq",
  "at",
  "actor_id",
  "kind",
  "subject_kind",
  "subject_id",
  "id",
  "digest",
  "prev_hash",
  "hash",
  "erased_at",
] as const satisfies (keyof Entry)[];

/** Excel knows by the mark at the beginning that this is UTF-8. */
async function* asCsv(entries: AsyncIterable<Entry>): AsyncGenerator<string> {
  yield `\uFEFF${COLUMNS.join(",")}\r\n`;
  for await (const entry of entries) yield `${COLUMNS.map((column) => cell(entry[column])).join(",")}\r\n`;
}

async function* asJsonLines(entries: AsyncIterable<Entry>): AsyncGenerator<string> {
  for await (const entry of entries)
    yield `${JSON.stringify(Object.fromEntries(COLUMNS.map((column) => [column, entry[column]])))}\n`;
}

/** What a spreadsheet would take for a formula gets a leading quote; imports/csv takes it away again. */
const cell = (value: string | number | null): string => {
  const text = String(value ?? "");
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};
