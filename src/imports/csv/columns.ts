import type { Reason } from "../report.ts";
import type { Fields } from "./fields.ts";

/** For each field its column, counted from 0; what was left over or not found as sentences. */
export type Columns = { of: Map<string, number>; notes: Reason[]; refused: Reason[] };

/**
 * Finds the columns of a header by the names of the fields, whatever their case, spaces and marks.
 * @param chosen what the user said: our field → the column of the file
 */
export const mapColumns = (header: string[], fields: Fields, chosen: ReadonlyMap<string, string>): Columns => {
  const names = header.map(fold);
  const columns: Columns = { of: new Map(), notes: [], refused: [] };
  for (const [field, column] of chosen) choose(columns, field, { column, fields, names });
  for (const spelling of ["own", "other"] as const)
    for (const field of Object.keys(fields)) {
      if (columns.of.has(field)) continue;
      const known = spelling === "own" ? [fold(field)] : (fields[field]?.names ?? []);
      const found = firstFree(known, names, columns.of);
      if (found !== undefined) columns.of.set(field, found);
    }
  addLeftOver(columns, header, names);
  for (const [field, { required }] of Object.entries(fields))
    if (required && !columns.of.has(field)) columns.refused.push(["imports.noKeyColumn", { field }]);
  return columns;
};

/** `Company  Name*` and `company_name` are one name. */
const fold = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-./\\*:?'"#&()[\]]+/g, "");

type Choice = { column: string; fields: Fields; names: string[] };

const choose = (columns: Columns, field: string, { column, fields, names }: Choice): void => {
  const at = names.indexOf(fold(column));
  if (!Object.hasOwn(fields, field)) columns.refused.push(["imports.noSuchField", { field }]);
  else if (at < 0) columns.refused.push(["imports.noSuchColumn", { column }]);
  else columns.of.set(field, at);
};

const firstFree = (known: string[], names: string[], taken: Map<string, number>): number | undefined => {
  const used = new Set(taken.values());
  return known.map((name) => names.indexOf(fold(name))).find((at) => at >= 0 && !used.has(at));
};

const addLeftOver = (columns: Columns, header: string[], names: string[]): void => {
  const used = new Set(columns.of.values());
  for (const [at, column] of header.entries()) {
    if (used.has(at) || names[at] === "") continue;
    const isTwin = names.indexOf(names[at] ?? "") < at;
    columns.notes.push([isTwin ? "imports.sameColumn" : "imports.unusedColumn", { column: column.trim() }]);
  }
};
