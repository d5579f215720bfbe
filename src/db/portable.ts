import { randomBytes } from "node:crypto";
import { type Expression, type SqlBool, sql } from "kysely";

/** 96 random bits, URL-safe: 16 characters that say nothing about what else exists. */
export const newId = (random: (size: number) => Buffer = randomBytes): string => random(12).toString("base64url");

/** Whether it could be one of our ids: 16 characters of base64url, small letters and capitals among them. */
export const looksLikeId = (text: string): boolean => /^(?=.*[a-z])(?=.*[A-Z])[\w-]{16}$/.test(text);

/** Sorts rows whose id it is before those that are only called so. */
export const idFirst = (id: Expression<string>, keyOrId: string): Expression<number> =>
  sql<number>`case when ${id} = ${keyOrId} then 0 else 1 end`;

/** `column like 'prefix%'` with the user's own % and _ taken literally, on both engines. */
export const startsWith = (column: Expression<string>, prefix: string): Expression<SqlBool> =>
  sql<SqlBool>`${column} like ${`${prefix.replace(/[\\%_]/g, "\\$&")}%`} escape '\\'`;

/** `column` holds `part` somewhere, the user's own % and _ taken literally. */
export const contains = (column: Expression<string | null>, part: string): Expression<SqlBool> =>
  sql<SqlBool>`${column} like ${`%${part.replace(/[\\%_]/g, "\\$&")}%`} escape '\\'`;

/** A phone number without what people put between its digits. */
export const digitsOf = (column: Expression<string | null>): Expression<string | null> =>
  [" ", "-", "(", ")", "+", "."].reduce<Expression<string | null>>(
    (text, sign) => sql<string | null>`replace(${text}, ${sql.lit(sign)}, '')`,
    column,
  );

/** Counts come back as number from SQLite and as string from PostgreSQL. */
export const toCount = (value: string | number | bigint | null | undefined): number => Number(value ?? 0);

/** What to look for in texts: `text` is in lower case, `digits` those of a phone number, whatever stands between them. */
export type Needle = { text: string } | { digits: string };

/** Whether a text may hold a needle; people's own rules of what counts as one are for the caller. */
export const mayHold = (column: Expression<string | null>, needle: Needle): Expression<SqlBool> =>
  "digits" in needle
    ? contains(digitsOf(column), needle.digits)
    : contains(sql<string | null>`lower(${column})`, needle.text);
