import { AsyncLocalStorage } from "node:async_hooks";
import { type Reader, readerFor } from "../../../src/access/reader.ts";
import { systemViewer } from "../../../src/access/viewer.ts";
import type { Db } from "../../../src/db/open.ts";
import type { Around } from "./replay.ts";

type Exports = Record<string, unknown>;
type Query = (read: Reader, ...rest: unknown[]) => Promise<unknown>;

/** A mistake somebody could make: the module it is in, what the module would export with it, and the routes it comes out of. */
export type Leak = { name: string; module: string; via: RegExp; plant: (module: Exports) => Exports };

/** Mistakes that must not go unnoticed. */
export const LEAKS: Leak[] = [
  forgetsViewer("the page itself", "pages/queries.ts", "getPageToRead", /^\/p\//),
  forgetsViewer("pages changed last", "pages/queries.ts", "listRecentPages", /^\/(s\/:space)?$/),
  forgetsViewer("backlinks", "pages/links/queries.ts", "listBacklinks", /^\/p\/|backlinks/),
  forgetsViewer("targets of links in a text", "pages/links/queries.ts", "resolveRefs", /^\/p\//),
  forgetsViewer("the tree of a space", "pages/tree/queries.ts", "listTree", /^\/(s|p)\//),
  forgetsViewer("the list of spaces", "spaces/queries.ts", "listSpaces", /^\/(spaces)?$/),
  forgetsViewer("the list and count of customers", "customers/queries.ts", "listCustomers", /customers$/),
  forgetsViewer("what is tied to a customer", "customers/world/queries.ts", "listWorld", /^\/c\/|knowledge/),
  forgetsViewer("search", "search/queries.ts", "searchAll", /search/),
];

/** The database behind the request that is being answered. */
const asked = new AsyncLocalStorage<Db>();
export const rememberDatabase: Around = (db, run) => asked.run(db, run);

/** A query that reads as if everything were visible. */
function forgetsViewer(name: string, module: string, query: string, via: RegExp): Leak {
  const plant = (exports: Exports): Exports => {
    const original = exports[query] as Query | undefined;
    if (typeof original !== "function")
      throw new Error(`${module} has no ${query} any more: plant this leak elsewhere`);
    return { ...exports, [query]: async (_read: Reader, ...rest: unknown[]) => original(await seesAll(), ...rest) };
  };
  return { name, module, via, plant };
}

async function seesAll(): Promise<Reader> {
  const db = databaseAsked();
  const root = await db.selectFrom("people").selectAll().where("login", "=", "root").executeTakeFirstOrThrow();
  return readerFor(db, await systemViewer(db, root), db.engine);
}

function databaseAsked(): Db {
  const db = asked.getStore();
  if (!db) throw new Error("a planted leak was asked outside a request");
  return db;
}
