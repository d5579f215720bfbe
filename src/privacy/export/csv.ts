import type { Everything } from "./everything.ts";

/** One table for all of it, a line for each value: which list, which entry of it, the field and the value. */
export function csvOf(all: Everything): string {
  const lines = Object.entries(all).flatMap(([list, entries]) =>
    [entries].flat().flatMap((entry, at) =>
      Object.entries(entry)
        .filter(([, value]) => value !== null)
        .map(([field, value]) => [list, String(at + 1), field, String(value)]),
    ),
  );
  return `\uFEFF${[["list", "entry", "field", "value"], ...lines].map(lineOf).join("")}`;
}

const lineOf = (cells: string[]): string => `${cells.map(cellOf).join(",")}\r\n`;

/** What a spreadsheet would take for a formula gets a leading quote, which imports take away again. */
const cellOf = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
