import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import type { Reason, Report } from "../report.ts";
import { type CellOptions, readCell, splitList } from "./cells.ts";
import { type Columns, mapColumns } from "./columns.ts";
import type { Fields } from "./fields.ts";
import { type Encoding, findDelimiter, findEncoding, readText } from "./text.ts";

/** One row whose cells could all be read. A field without a column, or with an empty cell, is missing. */
export type Row = { line: number; values: Record<string, string>; lists: Record<string, string[]> };

export type ReadOptions = CellOptions & {
  /** Our field → the column of the file, where the names do not say it. */
  map?: ReadonlyMap<string, string>;
  /** The name of the file in the report. */
  name: string;
};

const MOST_ROWS = 250_000;
const LARGEST_ROW = 256 * 1024; // characters

/**
 * Reads a table row by row. Rows with a fault are left out and put into the report as refused, with line and field. A file
 * that cannot be read to its end, or lacks its header or its key columns, gives no rows at all.
 */
export async function* readRows(
  file: string,
  fields: Fields,
  options: ReadOptions,
  report: Report,
): AsyncGenerator<Row> {
  const refuse = ({ line, field, reason }: Fault): void =>
    void report.findings.push({ outcome: "refused", file: options.name, line, ...(field && { field }), reason });
  const table = await surveyTable(file);
  if ("reason" in table) return refuse(table);
  let header: Header | undefined;
  for await (const record of readRecords(table)) {
    if (header === undefined) {
      header = readHeader(record.cells, fields, options, report);
      if (header.refused.length > 0) return;
    } else {
      const row = readRow(record, header, fields, options);
      if ("faults" in row) row.faults.forEach(refuse);
      else yield row;
    }
  }
}

const readHeader = (cells: string[], fields: Fields, { map, name: file }: ReadOptions, report: Report): Header => {
  const columns = mapColumns(cells, fields, map ?? new Map());
  for (const reason of columns.notes) report.findings.push({ outcome: "noted", file, line: 1, reason });
  for (const reason of columns.refused) report.findings.push({ outcome: "refused", file, line: 1, reason });
  return { ...columns, width: cells.length };
};

type Cells = { line: number; cells: string[] };
type Fault = { line?: number; field?: string; reason: Reason };
type Table = { file: string; encoding: Encoding; delimiter: string };

/** Reads a table once to its end and keeps nothing of it, so that a broken one is refused before its first row is used. */
const surveyTable = async (file: string): Promise<Table | Fault> => {
  const encoding = await findEncoding(file);
  if (encoding === undefined) return { reason: ["imports.wrongEncoding"] };
  const table = { file, encoding, delimiter: await delimiterOf(readText(file, encoding)) };
  let records = 0;
  try {
    for await (const { line } of readRecords(table))
      if (++records > MOST_ROWS + 1) return { line, reason: ["imports.tooManyRows", { limit: MOST_ROWS }] };
  } catch (error) {
    if (error instanceof CsvError) return faultOf(error);
    throw error;
  }
  return records > 0 ? table : { reason: ["imports.noHeader"] };
};

/** The records of a file; empty ones are left out. */
async function* readRecords({ file, encoding, delimiter }: Table): AsyncGenerator<Cells> {
  const parser = parse({ ...TOLERANT, delimiter });
  pipeline(Readable.from(readText(file, encoding)), parser).catch(() => {}); // the reader of `parser` gets the error
  for await (const { record: cells, info } of parser as AsyncIterable<Parsed>)
    if (cells.some((cell) => cell.trim() !== "")) yield { cells, line: info.lines - lineBreaks(cells) };
}

type Parsed = { record: string[]; info: { lines: number } };

const TOLERANT = {
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: LARGEST_ROW,
  info: true,
} as const;

const faultOf = (error: CsvError): Fault =>
  error.code === "CSV_MAX_RECORD_SIZE"
    ? { line: Number(error.lines), reason: ["imports.rowTooLarge", { limit: LARGEST_ROW / 1024 }] }
    : { line: Number(error.lines), reason: ["imports.malformed"] };

const delimiterOf = async (text: AsyncGenerator<string>): Promise<string> => {
  for await (const start of text) if (start !== "") return findDelimiter(start);
  return ",";
};

const lineBreaks = (cells: string[]): number => cells.join("").match(/\r\n|\n|\r/g)?.length ?? 0;

type Faulty = { faults: Fault[] };

const readRow = ({ line, cells }: Cells, header: Header, fields: Fields, options: CellOptions): Row | Faulty => {
  const row: Row = { line, values: {}, lists: {} };
  const { faults }: Faulty = { faults: [] };
  if (cells.slice(header.width).some((cell) => cell.trim() !== ""))
    faults.push({ line, reason: ["imports.cellCount", { found: cells.length, expected: header.width }] });
  for (const [field, { kind, required }] of Object.entries(fields)) {
    const at = header.of.get(field);
    const cell = readCell(at === undefined ? "" : (cells[at] ?? ""), kind, options);
    if ("reason" in cell) faults.push({ line, field, reason: cell.reason });
    else if (cell.value === "" && required) faults.push({ line, field, reason: ["imports.missing"] });
    else if (cell.value !== "" && kind.is === "list") row.lists[field] = splitList(cell.value);
    else if (cell.value !== "") row.values[field] = cell.value;
  }
  return faults.length > 0 ? { faults } : row;
};

type Header = Columns & { width: number };
