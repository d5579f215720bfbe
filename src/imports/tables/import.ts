import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Tx } from "../../access/transaction.ts";
import { Forbidden, Invalid } from "../../errors.ts";
import {
  CONTACT_FIELDS,
  CUSTOMER_FIELDS,
  type Fields,
  INTERACTION_FIELDS,
  OWNED_FIELDS,
  PRODUCT_FIELDS,
} from "../csv/fields.ts";
import { type Row, readRows } from "../csv/read.ts";
import { type Importing, type Progress, writeAs } from "../importing.ts";
import { type Finding, type Report, reasonOf, startReport } from "../report.ts";
import { saveContact } from "./contacts.ts";
import { saveCustomer } from "./customers.ts";
import { saveInteraction } from "./interactions.ts";
import { saveOwned } from "./owned.ts";
import { saveProduct } from "./products.ts";
import { type Known, nothingKnown, type Save, type Saved, type Saving } from "./saving.ts";

export const TABLES = {
  customers: { fields: CUSTOMER_FIELDS, save: saveCustomer },
  contacts: { fields: CONTACT_FIELDS, save: saveContact },
  products: { fields: PRODUCT_FIELDS, save: saveProduct },
  owned: { fields: OWNED_FIELDS, save: saveOwned },
  interactions: { fields: INTERACTION_FIELDS, save: saveInteraction },
} as const satisfies Record<string, { fields: Fields; save: Save }>;

/** `map`: our field → column. `system`: program whose ids the table carries. `timeZone`: IANA name, for times without one. */
export type TableImport = {
  what: keyof typeof TABLES;
  file: string;
  map?: ReadonlyMap<string, string>;
  system?: string | undefined;
  timeZone: string;
  dryRun?: boolean;
  progress?: Progress;
  /** Other fields than the usual ones, for tables that say things in another way; `adjust` makes usual rows of theirs. */
  own?: { fields: Fields; adjust: (row: Row) => Row };
};

/**
 * Imports a table of customers, contacts, products, owned products or follow-up records. Rows that are known already are
 * brought up to date; rows that cannot be taken are refused one by one, the others go on.
 * @throws Invalid when there is no such file
 */
export const importTable = async (importing: Importing, options: TableImport): Promise<Report> => {
  const { what, file, dryRun = false, map = new Map(), timeZone } = options;
  if (!(await stat(file).catch(() => undefined))?.isFile())
    throw new Invalid({ file: ["imports.noFile", { path: file }] });
  const table: Table = {
    ...options,
    name: basename(file),
    report: startReport(what, dryRun),
    later: [],
    known: nothingKnown(),
    seen: 0,
  };
  const rows = readRows(
    file,
    options.own?.fields ?? TABLES[what].fields,
    { map, timeZone, name: table.name },
    table.report,
  );
  for await (const batch of inBatches(rows)) await saveBatch(importing, table, batch);
  if (!dryRun && table.later.length > 0) await writeAs(importing, (tx) => finishLater(tx, table));
  table.report.findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return table.report;
};

type Later = { line: number; work: Parameters<Saving["later"]>[0] };
type Table = TableImport & { name: string; report: Report; later: Later[]; known: Known; seen: number };

/** Rows written in one transaction. */
const AT_ONCE = 500;

async function* inBatches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Thrown at the end of a batch that was only tried. */
class DryRun extends Error {}

const saveBatch = async (importing: Importing, table: Table, batch: Row[]): Promise<void> => {
  const found: Finding[] = [];
  let unchanged = 0;
  try {
    await writeAs(importing, async (tx) => {
      for (const written of batch) {
        const row = table.own?.adjust(written) ?? written;
        const saved = await saveRow(tx, table, { row, found });
        if (saved?.outcome === "unchanged") unchanged += 1;
        else if (saved) found.push({ file: table.name, line: row.line, outcome: saved.outcome, url: saved.url });
      }
      if (table.dryRun) throw new DryRun();
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  table.report.findings.push(...found);
  table.report.unchanged += unchanged;
  table.seen += batch.length;
  table.progress?.(table.seen, table.seen);
};

type Taking = { row: Row; found: Finding[] };

const saveRow = async (tx: Tx, table: Table, { row, found }: Taking): Promise<Saved | undefined> => {
  const at = { file: table.name, line: row.line };
  const note: Saving["note"] = (field, reason) => void found.push({ ...at, outcome: "noted", field, reason });
  const later: Saving["later"] = (work) => void table.later.push({ line: row.line, work });
  try {
    return await TABLES[table.what].save({ tx, row, system: table.system ?? "csv", known: table.known, note, later });
  } catch (error) {
    if (error instanceof Forbidden) found.push({ ...at, outcome: "refused", reason: ["imports.notAllowed"] });
    else if (!(error instanceof Invalid)) throw error;
    else
      for (const [field, rule] of Object.entries(error.fields))
        found.push({ ...at, outcome: "refused", field, reason: reasonOf(rule) });
    return undefined;
  }
};

const finishLater = async (tx: Tx, { later, name: file, report }: Table): Promise<void> => {
  for (const { line, work } of later) {
    const note: Saving["note"] = (field, reason) =>
      void report.findings.push({ file, line, outcome: "noted", field, reason });
    try {
      await work(tx, note);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      for (const [field, rule] of Object.entries(error.fields)) note(field, reasonOf(rule));
    }
  }
};
