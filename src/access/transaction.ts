import { AsyncLocalStorage } from "node:async_hooks";
import type { KyselyPlugin, Transaction } from "kysely";
import type { Db } from "../db/open.ts";
import { newId } from "../db/portable.ts";
import type { Schema } from "../db/schema.ts";
import { Unauthenticated } from "../errors.ts";
import { append, type Unchained } from "../events/append.ts";
import { type Reader, readerFor } from "./reader.ts";
import { findViewer, isSystem, systemViewer, type Viewer } from "./viewer.ts";

/** An open transaction in the hands of one person. Commands take it first, write through it, and read as that person sees. */
export type Tx = Pick<Transaction<Schema>, "insertInto" | "updateTable" | "deleteFrom"> & {
  /** The viewer's own Reader inside this transaction: sees what was just written. */
  readonly read: Reader;
  readonly viewer: Viewer;
  /** Everything, seen by nobody in particular. Only access/, search/ and events/ may name it (architecture.test.ts). */
  readonly unguarded: Transaction<Schema> & Pick<Db, "engine">;
  readonly now: string;
  readonly newId: () => string;
  /** What goes into the audit log when the work is done; events/record.ts adds to it. */
  readonly happened: Unchained[];
  /** After entries, scopes or memberships changed: everybody's scopes are computed anew, the viewer's own at once. */
  readonly accessChanged: () => Promise<void>;
};

export type Clock = { now: () => string; random?: (size: number) => Buffer };

/**
 * Runs `work` in one transaction: all of it is kept, or nothing. It runs with the rights of this moment, whenever those of
 * `viewer` were computed.
 * @throws Unauthenticated when the viewer has been disabled meanwhile
 */
export function inTransaction<T>(db: Db, viewer: Viewer, clock: Clock, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const open = Object.assign(trx, { engine: db.engine });
    const now = clock.now();
    const tx = openTx(open, await asOfNow(open, viewer, now), { now, random: clock.random });
    return writing.run(tx, async () => {
      const result = await work(tx);
      await append(trx, tx.happened, clock.random);
      return result;
    });
  });
}

/**
 * The viewer with the rights that hold until this transaction ends: from here on nobody else changes permissions. Writes come
 * one after the other on both engines, as they do at the head of the audit log anyway.
 */
async function asOfNow(trx: Transaction<Schema> & Pick<Db, "engine">, viewer: Viewer, now: string): Promise<Viewer> {
  const { version } = await trx
    .selectFrom("access_version")
    .select("version")
    .where("id", "=", 1)
    .$if(trx.engine.name === "postgres", (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  if (version === viewer.version || isSystem(viewer)) return viewer;
  const current = await findViewer(trx, viewer.id, { now, cap: viewer.cap });
  if (!current) throw new Unauthenticated();
  return current;
}

/** Put on the reader outside: in SQLite a read there would wait for the open write for ever, so it throws at once. */
export const refusedWhileWriting: KyselyPlugin = {
  transformQuery: ({ node }) => {
    if (writing.getStore()) throw new Error("Read through tx.read while a write is open.");
    return node;
  },
  transformResult: async ({ result }) => result,
};

/** The same for a query that is compiled already. */
export function refuseOutside(read: Reader | Db): void {
  const tx = writing.getStore();
  if (tx && tx.read !== read) throw new Error("Read through tx.read while a write is open.");
}

const writing = new AsyncLocalStorage<Tx>();

type Moment = { now: string; random: Clock["random"] };

function openTx(trx: Transaction<Schema> & Pick<Db, "engine">, as: Viewer, at: Moment): Tx {
  let viewer = as;
  let read = readerFor(trx, viewer, trx.engine);
  return {
    insertInto: trx.insertInto.bind(trx),
    updateTable: trx.updateTable.bind(trx),
    deleteFrom: trx.deleteFrom.bind(trx),
    get read() {
      return read;
    },
    get viewer() {
      return viewer;
    },
    unguarded: trx,
    now: at.now,
    newId: () => newId(at.random),
    happened: [],
    accessChanged: async () => {
      await trx
        .updateTable("access_version")
        .set((eb) => ({ version: eb("version", "+", 1) }))
        .where("id", "=", 1)
        .execute();
      viewer = isSystem(viewer)
        ? await systemViewer(trx, viewer)
        : ((await findViewer(trx, viewer.id, { now: at.now, cap: viewer.cap })) ?? viewer);
      read = readerFor(trx, viewer, trx.engine);
    },
  };
}
