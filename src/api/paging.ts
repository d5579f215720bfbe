import { z } from "zod";
import { fromCursor, toCursor } from "../db/cursor.ts";

const PARTS = 2;

/** A cursor of our own making, whose values fit. */
export const cursorOf = (fits: (cursor: string) => boolean) =>
  z.string().max(4000).refine(fits, "api.badCursor").optional();

/** The query of every list of the API. A cursor holds the two sort values of the last row, the second of them an id. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: cursorOf((cursor) => fromCursor(cursor, PARTS) !== undefined),
};
export type Asked = { limit: number; cursor?: string | undefined };
export type Part<Item> = { items: Item[]; next_cursor: string | null; total: number };

/** The answer of every list of the API. */
export const listAnswer = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable().describe("Send it as `cursor` to read on; null at the end"),
    total: z.int().describe("How many there are in all that you can see"),
  });

type Row = { created_at: string; id: string };
type Order = (one: Row, other: Row) => number;

/** The part of a list that was read whole, the oldest first. */
export const partOf = <R extends Row, Item>(rows: R[], asked: Asked, present: (row: R) => Item): Part<Item> =>
  cut(rows, asked, { present, order: (a, b) => compare(a.created_at, b.created_at) || compare(a.id, b.id) });

/** The part of a list that was read whole, the newest first. */
export const partOfNewest = <R extends Row, Item>(rows: R[], asked: Asked, present: (row: R) => Item): Part<Item> =>
  cut(rows, asked, { present, order: (a, b) => compare(b.created_at, a.created_at) || compare(a.id, b.id) });

function cut<R extends Row, Item>(
  rows: R[],
  asked: Asked,
  by: { present: (row: R) => Item; order: Order },
): Part<Item> {
  const [created_at = "", id = ""] = fromCursor(asked.cursor, PARTS) ?? [];
  const ordered = rows.toSorted(by.order);
  const behind = asked.cursor ? ordered.filter((row) => by.order(row, { created_at, id }) > 0) : ordered;
  const shown = behind.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(by.present),
    next_cursor: last && behind.length > shown.length ? toCursor([last.created_at, last.id]) : null,
    total: rows.length,
  };
}

/** The same order everywhere, whatever the language. */
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
