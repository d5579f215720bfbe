import { sql } from "kysely";
import { mayHold, type Needle } from "../db/portable.ts";
import type { Tx } from "./transaction.ts";

/** Every table in which people write words, with what tells its rows apart. `lists`: columns of JSON whose texts count. */
const WORDS = {
  interactions: { key: ["id"], texts: ["words", "outcome"], lists: [] },
  revisions: { key: ["page_id", "n"], texts: ["title", "body", "summary"], lists: ["labels"] },
  pages: { key: ["id"], texts: ["title"], lists: [] },
  links: { key: ["page_id", "position"], texts: ["label", "target"], lists: [] },
  attachments: { key: ["id"], texts: ["name"], lists: [] },
  customers: { key: ["id"], texts: ["note", "phone"], lists: ["facts"] },
  contacts: { key: ["id"], texts: ["title", "role", "note"], lists: [] },
  owned_products: { key: ["id"], texts: ["note"], lists: [] },
  products: { key: ["id"], texts: ["description"], lists: [] },
  spaces: { key: ["id"], texts: ["description"], lists: [] },
  break_glass: { key: ["id"], texts: ["reason"], lists: [] },
} as const satisfies Record<string, { key: string[]; texts: string[]; lists: string[] }>;
export type WordTable = keyof typeof WORDS;
export const WORD_TABLES = Object.keys(WORDS).filter((name): name is WordTable => name in WORDS);

/** A row as it is in the database. */
type Row = { [column: string]: unknown };
/** A row that was rewritten: the columns that tell it apart, and those that changed. */
export type Rewritten = { key: Row; now: { [column: string]: string } };

/**
 * Rewrites words wherever they stand, also where the one who asks for it can see nothing: for erasing people alone. The
 * caller must tell nobody what was found where.
 * @param rewrite a text as it shall be; the same text where nothing is to change
 * @returns the rows of a table that were changed
 */
export async function rewriteEverywhere(
  tx: Tx,
  table: WordTable,
  { needles, rewrite }: { needles: readonly Needle[]; rewrite: (text: string) => string },
): Promise<Rewritten[]> {
  const { key, texts, lists } = WORDS[table];
  const columns = [...texts, ...lists];
  const changed: Rewritten[] = [];
  for (const row of await listHolding(tx, { table, columns: [...key, ...columns], among: columns, needles })) {
    const now = { ...rewriteTexts(row, texts, rewrite), ...rewriteTexts(row, lists, inJson(rewrite)) };
    if (Object.keys(now).length === 0) continue;
    const sets = Object.entries(now).map(([column, text]) => sql`${sql.ref(column)} = ${text}`);
    await sql`update ${sql.table(table)} set ${sql.join(sets)} where ${sameRow(key, row)}`.execute(tx.unguarded);
    changed.push({ key: Object.fromEntries(key.map((column) => [column, row[column]])), now });
  }
  return changed;
}

/** Rows of any table whose texts may hold a needle, hidden ones too. */
export async function listHolding(
  tx: Tx,
  of: { table: string; columns: readonly string[]; among: readonly string[]; needles: readonly Needle[] },
): Promise<Row[]> {
  if (of.needles.length === 0) return [];
  const conditions = of.among.flatMap((column) => of.needles.map((needle) => mayHold(sql.ref(column), needle)));
  const { rows } = await sql<Row>`select ${sql.join(of.columns.map((one) => sql.ref(one)))}
    from ${sql.table(of.table)} where ${sql.join(conditions, sql` or `)}`.execute(tx.unguarded);
  return rows;
}

const sameRow = (key: readonly string[], row: Row) =>
  sql.join(
    key.map((column) => sql`${sql.ref(column)} = ${row[column]}`),
    sql` and `,
  );

function rewriteTexts(row: Row, columns: readonly string[], rewrite: (text: string) => string) {
  const changed: Record<string, string> = {};
  for (const column of columns) {
    const text = row[column];
    if (typeof text === "string" && rewrite(text) !== text) changed[column] = rewrite(text);
  }
  return changed;
}

/** The same for the texts inside JSON, so that it stays JSON. */
const inJson =
  (rewrite: (text: string) => string) =>
  (json: string): string =>
    JSON.stringify(JSON.parse(json, (_, value: unknown) => (typeof value === "string" ? rewrite(value) : value)));
