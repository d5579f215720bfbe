import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely } from "kysely";
import { type Reader, readerFor } from "../../../src/access/reader.ts";
import { systemViewer } from "../../../src/access/viewer.ts";
import type { Db } from "../../../src/db/open.ts";
import type { Schema } from "../../../src/db/schema.ts";
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
  forgetsViewer("403 instead of 404", "pages/queries.ts", "getPage", /pages\/:id/),
  forgetsViewer("customers and products on a page", "pages/queries.ts", "listTagsOf", /^\/p\//),
  forgetsViewer("who was told", "pages/told.ts", "findTold", /^\/p\//),
  forgetsViewer("the trash", "pages/trash/queries.ts", "listTrash", /trash$/),
  forgetsViewer("pages with a label", "pages/queries.ts", "listLabelled", /labels/),
  forgetsViewer("pages about a product", "products/knowledge/queries.ts", "listKnowledge", /products/),
  forgetsViewer("customers with a product", "customers/owned/queries.ts", "listOwners", /products/),
  forgetsViewer("what a colleague wrote", "people/profile.ts", "listRecentEdits", /^\/people\//),
  forgetsViewer("pages in the API", "api/pages/queries.ts", "listPages", /api\/v1\/pages$/),
  forgetsViewer("interactions in the API", "api/interactions/queries.ts", "listInteractionRows", /interactions$/),
  forgetsViewer("contacts in the API", "api/contacts/queries.ts", "listContactRows", /contacts$/),
  forgetsViewer("a space by its key", "spaces/queries.ts", "getSpace", /^\/s\//),
  forgetsViewer("how much a space holds", "spaces/queries.ts", "listActivity", /spaces$/),
  forgetsViewer("a customer by its key", "customers/queries.ts", "getCustomer", /^\/c\//),
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
    return { ...exports, [query]: async (read: Reader, ...rest: unknown[]) => original(await seesAll(read), ...rest) };
  };
  return { name, module, via, plant };
}

/** On the connection of the one that was asked: inside a write there is no other. */
async function seesAll(read: Reader): Promise<Reader> {
  const bare = (read as unknown as Kysely<Schema>).withoutPlugins();
  const db: Db = Object.assign(bare, { engine: databaseAsked().engine });
  const root = await db.selectFrom("people").selectAll().where("login", "=", "root").executeTakeFirstOrThrow();
  return readerFor(db, await systemViewer(db, root), db.engine);
}

function databaseAsked(): Db {
  const db = asked.getStore();
  if (!db) throw new Error("a planted leak was asked outside a request");
  return db;
}
