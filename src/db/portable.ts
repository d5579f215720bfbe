import { randomBytes } from "node:crypto";
import { type Expression, type SqlBool, sql } from "kysely";

/** 96 random bits, URL-safe: 16 characters that say nothing about what else exists. */
export const newId = (random: (size: number) => Buffer = randomBytes): string => random(12).toString("base64url");

/** `column like 'prefix%'` with the user's own % and _ taken literally, on both engines. */
export const startsWith = (column: Expression<string>, prefix: string): Expression<SqlBool> =>
  sql<SqlBool>`${column} like ${`${prefix.replace(/[\\%_]/g, "\\$&")}%`} escape '\\'`;

/** Counts come back as number from SQLite and as string from PostgreSQL. */
export const toCount = (value: string | number | bigint | null | undefined): number => Number(value ?? 0);
