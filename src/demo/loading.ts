import type { Clock } from "../access/transaction.ts";
import type { Db } from "../db/open.ts";

/** A demo company on its way into fresh data. Times in its files are days before or after `today` (ISO time). */
export type Loading = { folder: string; db: Db; clock: Clock; dataDir: string; today: string };

const DAY = 86_400_000;

/** The time some days before today. */
export const daysBefore = ({ today }: Loading, days: number): string =>
  new Date(Date.parse(today) - days * DAY).toISOString();

/** The date some days after today, e.g. `2026-11-25`. */
export const dateAfter = ({ today }: Loading, days: number): string =>
  new Date(Date.parse(today) + days * DAY).toISOString().slice(0, 10);
