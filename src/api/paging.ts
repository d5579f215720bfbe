import { z } from "zod";
import { fromCursor, toCursor } from "../db/cursor.ts";

const PARTS = 2;

/** The query of every list of the API. A cursor holds the two sort values of the last row, the second of them an id. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z
    .string()
    .max(4000)
    .refine((cursor) => fromCursor(cursor, PARTS) !== undefined, "api.badCursor")
    .optional(),
};
export type Asked = { limit: number; cursor?: string | undefined };

/** The answer of every list of the API. */
export const listAnswer = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable().describe("Send it as `cursor` to read on; null at the end"),
    total: z.int().describe("How many there are in all that you can see"),
  });

/** The part of a short list that was read whole. Its order never changes: the oldest come first. */
export function partOf<Row extends { created_at: string; id: string }, Item>(
  rows: Row[],
  asked: Asked,
  present: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null; total: number } {
  const [at = "", id = ""] = fromCursor(asked.cursor, PARTS) ?? [];
  const behind = rows.filter((row) => (row.created_at === at ? row.id > id : row.created_at > at));
  const shown = behind.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    next_cursor: last && behind.length > shown.length ? toCursor([last.created_at, last.id]) : null,
    total: rows.length,
  };
}
