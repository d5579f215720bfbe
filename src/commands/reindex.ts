import { type Reader, readerFor } from "../access/reader.ts";
import { inTransaction } from "../access/transaction.ts";
import { listCustomersById } from "../customers/queries.ts";
import type { Customer } from "../db/schema.ts";
import { parseIds } from "../pages/draft.ts";
import { getRevision } from "../pages/history/queries.ts";
import { getRendering } from "../pages/rendering.ts";
import {
  contactDocument,
  customerDocument,
  interactionDocument,
  pageDocument,
  productDocument,
  type SearchDoc,
} from "../search/documents.ts";
import { indexAll } from "../search/index.ts";
import { type DataOptions, type Instance, withData, withInstance } from "./instance.ts";
import type { Part } from "./run.ts";

export const reindexCommand: Part = (program, terminal) => {
  withData(program.command("reindex").description("read everything into the search index again")).action(
    (options: DataOptions) =>
      withInstance(terminal, options, async (instance) => terminal.say(`indexed ${await reindex(instance)}`)),
  );
};

const AT_ONCE = 100;

/** Puts every visible row into the index anew, some at a time, so that others can write in between. @returns how many */
const reindex = async ({ db, clock, operator }: Instance): Promise<number> => {
  const viewer = await operator();
  const read = readerFor(db, viewer, db.engine);
  let done = 0;
  for await (const docs of listDocuments(read)) {
    await inTransaction(db, viewer, clock, (tx) => indexAll(tx, docs));
    done += docs.length;
  }
  return done;
};

async function* listDocuments(read: Reader): AsyncGenerator<SearchDoc[]> {
  for await (const pages of inParts((after) => listPages(read, after))) yield pages;
  for await (const customers of inParts((after) => listCustomers(read, after))) yield customers;
  for await (const products of inParts((after) => listProducts(read, after))) yield products;
  for await (const contacts of inParts((after) => listContacts(read, after))) yield contacts;
  for await (const interactions of inParts((after) => listInteractions(read, after))) yield interactions;
}

/** Asks for the part after the last id, until there is none. */
async function* inParts(next: (after: string) => Promise<SearchDoc[]>): AsyncGenerator<SearchDoc[]> {
  for (let docs = await next(""); docs.length > 0; docs = await next(docs.at(-1)?.refId ?? "")) yield docs;
}

const listPages = async (read: Reader, after: string): Promise<SearchDoc[]> => {
  const pages = await read
    .selectFrom("visible_pages")
    .selectAll()
    .where("id", ">", after)
    .orderBy("id")
    .limit(AT_ONCE)
    .execute();
  return Promise.all(
    pages.map(async (page) => {
      const revision = await getRevision(read, page, page.revision);
      return pageDocument(page, await getRendering(read, revision), parseIds(revision.labels));
    }),
  );
};

const listCustomers = async (read: Reader, after: string): Promise<SearchDoc[]> => {
  const customers = read.selectFrom("visible_customers").selectAll().where("id", ">", after);
  return (await customers.orderBy("id").limit(AT_ONCE).execute()).map(customerDocument);
};

const listProducts = async (read: Reader, after: string): Promise<SearchDoc[]> => {
  const products = read.selectFrom("visible_products").selectAll().where("id", ">", after);
  return (await products.orderBy("id").limit(AT_ONCE).execute()).map(productDocument);
};

const listContacts = async (read: Reader, after: string): Promise<SearchDoc[]> => {
  const contacts = read.selectFrom("visible_contacts").selectAll().where("id", ">", after);
  return withCustomers(read, await contacts.orderBy("id").limit(AT_ONCE).execute(), contactDocument);
};

const listInteractions = async (read: Reader, after: string): Promise<SearchDoc[]> => {
  const interactions = read.selectFrom("visible_interactions").selectAll().where("id", ">", after);
  return withCustomers(read, await interactions.orderBy("id").limit(AT_ONCE).execute(), interactionDocument);
};

const withCustomers = async <Row extends { customer_id: string }>(
  read: Reader,
  rows: Row[],
  documentOf: (row: Row, customer: Customer) => SearchDoc,
): Promise<SearchDoc[]> => {
  const ids = rows.map((row) => row.customer_id);
  const customers = await listCustomersById(read, ids);
  return rows.flatMap((row) => {
    const customer = customers.get(row.customer_id);
    return customer ? [documentOf(row, customer)] : [];
  });
};
