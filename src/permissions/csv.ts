/**
 * A table as a file that spreadsheets open: UTF-8 with a byte order mark, every cell quoted. A cell that a spreadsheet would
 * run as a formula gets an apostrophe in front (OWASP, CSV Injection).
 */
export const toCsv = (rows: string[][]): Buffer =>
  Buffer.from(`\uFEFF${rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("")}`, "utf8");

const cellOf = (text: string): string =>
  `"${(/^[\s]*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Saves under a name of any script; nothing in it ends the header. */
export const asDownload = (name: string): Record<string, string> => ({
  "Content-Type": "text/csv; charset=utf-8",
  "Content-Disposition": `attachment; filename="people.csv"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escapeMark)}`,
});

const escapeMark = (mark: string): string => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
