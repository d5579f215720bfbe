/** Marks that stand for the tags of an HTML table until the whole table is known; they occur in no valid text. */
export const TABLE_START = "\uFDD4";
export const TABLE_END = "\uFDD5";
export const ROW = "\uFDD6";
export const CELL = "\uFDD7";

const INNERMOST_TABLE = /\n*\uFDD4([^\uFDD4\uFDD5]*)\uFDD5\n*/;
const MARKS = /[\uFDD4-\uFDD7]/g;

/** Writes marked tables as Markdown tables. One that holds code or another table becomes plain lines of text. */
export const layOutTables = (text: string): string => {
  let rest = text;
  for (let match = INNERMOST_TABLE.exec(rest); match; match = INNERMOST_TABLE.exec(rest)) {
    const table = layOutTable(match[1] ?? "");
    rest = rest.slice(0, match.index) + table + rest.slice(match.index + match[0].length);
  }
  return rest.replace(MARKS, "\n");
};

const layOutTable = (inner: string): string => {
  const [caption = "", ...rows] = inner.split(ROW);
  if (/^\s*(?:```|~~~|\|)/m.test(inner)) return `\n\n${inner.replace(MARKS, "\n").trim()}\n\n`;
  const cells = rows.map((row) => row.split(CELL).slice(1).map(cellText)).filter((row) => row.some((cell) => cell));
  const width = Math.max(0, ...cells.map((row) => row.length));
  if (width === 0) return `\n\n${caption.trim()}\n\n`;
  const lines = cells.map((row) => `| ${Array.from({ length: width }, (_, i) => row[i] ?? "").join(" | ")} |`);
  const [head = "", ...body] = lines;
  const title = caption.trim() === "" ? "" : `${caption.trim()}\n\n`;
  return `\n\n${title}${[head, `|${" --- |".repeat(width)}`, ...body].join("\n")}\n\n`;
};

const cellText = (text: string): string =>
  text
    .trim()
    .replace(/^\s*(?:-|1\.) /gm, "• ")
    .replace(/\s+/g, " ")
    .replace(/(?<!\\)\|/g, "\\|");
