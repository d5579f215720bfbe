import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemViewer } from "../../src/access/viewer.ts";
import type { Db } from "../../src/db/open.ts";
import { importTable, TABLES } from "../../src/imports/tables/import.ts";
import { testClock } from "../support/cast.ts";

/** What is not words, so that the rows are taken. */
const PLAIN: Record<string, string> = { number: "1", date: "2026-01-01", time: "2026-01-01 10:00", choice: "" };

/**
 * Imports every kind of table with an attack in every cell that takes words, a row for each attack.
 * @param known what rows must name to be taken: a customer, a product
 * @returns how many rows were made
 */
export async function importAttacks(
  db: Db,
  attacks: readonly string[],
  known: { customer: string; product: string },
): Promise<number> {
  const root = await db.selectFrom("people").selectAll().where("login", "=", "root").executeTakeFirstOrThrow();
  const dataDir = mkdtempSync(join(tmpdir(), "zhike-hostile-"));
  const importing = { db, dataDir, clock: testClock(), viewer: () => systemViewer(db, root) };
  let made = 0;
  for (const what of ["customers", "contacts", "products", "owned", "interactions"] as const) {
    const file = join(dataDir, `${what}.csv`);
    writeFileSync(file, tableOf(what, attacks, what === "customers" || what === "products" ? {} : known));
    const report = await importTable(importing, { what, file, timeZone: "Asia/Shanghai" });
    made += report.findings.filter(({ outcome }) => outcome === "made").length;
  }
  return made;
}

function tableOf(what: keyof typeof TABLES, attacks: readonly string[], known: Record<string, string>): string {
  const fields = Object.entries(TABLES[what].fields);
  const rows = attacks.map((attack, at) =>
    fields.map(([name, { kind }]) => {
      if (known[name] !== undefined) return known[name];
      if (kind.is === "text" && kind.longest < attack.length) return "";
      return PLAIN[kind.is] ?? (name === "externalId" ? `${at}${attack}` : attack);
    }),
  );
  return [fields.map(([name]) => name), ...rows].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
