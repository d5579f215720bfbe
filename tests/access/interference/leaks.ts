import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "kysely";
import { type Reader, readerFor } from "../../../src/access/reader.ts";
import { systemViewer } from "../../../src/access/viewer.ts";
import type { Db } from "../../../src/db/open.ts";
import { Forbidden, NotFound } from "../../../src/errors.ts";
import type { Around } from "./replay.ts";

type Exports = Record<string, unknown>;
type Query = (read: Reader, ...rest: unknown[]) => Promise<unknown>;

/** A mistake somebody could make: the module it is in, what the module would export with it, and the routes it comes out of. */
export type Leak = { name: string; module: string; via: RegExp; plant: (module: Exports) => Exports };

/** Mistakes that must not go unnoticed. */
export const LEAKS: Leak[] = [
  forgetsViewer("the page itself", "pages/queries.ts", "getPageToRead", /^\/p\//),
  forgetsViewer("pages changed last", "pages/queries.ts", "listRecentPages", /^\/(s\/:space)?$/),
  forgetsViewer("chips of customers on a page", "pages/queries.ts", "listTags", /^\/(p|api\/v1\/pages)\//),
  forgetsViewer("backlinks", "pages/links/queries.ts", "listBacklinks", /^\/p\/|backlinks/),
  forgetsViewer("targets of links in a text", "pages/links/queries.ts", "resolveRefs", /^\/p\//),
  forgetsViewer("the tree of a space", "pages/tree/queries.ts", "listTree", /^\/(s|p)\//),
  forgetsViewer("the list of spaces", "spaces/queries.ts", "listSpaces", /^\/(spaces)?$/),
  forgetsViewer("the list and count of customers", "customers/queries.ts", "listCustomers", /customers$/),
  forgetsViewer("what is tied to a customer", "customers/world/queries.ts", "listWorld", /^\/c\/|knowledge/),
  forgetsViewer("search", "search/queries.ts", "searchAll", /search/),
  {
    name: "hidden is answered 403, missing 404",
    module: "pages/queries.ts",
    via: /^\/pages\/:id/,
    plant: (pages) => ({ ...pages, getPage: admitsHidden }),
  },
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

async function admitsHidden(read: Reader, id: string): Promise<unknown> {
  const page = await read.selectFrom("visible_pages").selectAll().where("id", "=", id).executeTakeFirst();
  if (page) return page;
  const { rows } = await sql`select 1 from pages where id = ${id} and trashed_at is null`.execute(databaseAsked());
  throw rows.length > 0 ? new Forbidden() : new NotFound();
}

function databaseAsked(): Db {
  const db = asked.getStore();
  if (!db) throw new Error("a planted leak was asked outside a request");
  return db;
}
