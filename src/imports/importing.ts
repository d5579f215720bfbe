import { type Reader, readerFor } from "../access/reader.ts";
import { type Clock, inTransaction, type Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";

/** Who imports, and where to. What they may not see or do does not happen. */
export type Importing = { db: Db; clock: Clock; dataDir: string; viewer: () => Promise<Viewer> };

/** How far an import is; for people who wait. */
export type Progress = (done: number, of: number) => void;

export const readAs = async ({ db, viewer }: Importing): Promise<Reader> => readerFor(db, await viewer(), db.engine);

export const writeAs = async <R>({ db, clock, viewer }: Importing, work: (tx: Tx) => Promise<R>): Promise<R> =>
  inTransaction(db, await viewer(), clock, work);
