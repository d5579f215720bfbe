import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { grant } from "../../src/access/grant.ts";
import type { Reader } from "../../src/access/reader.ts";
import { readerFor } from "../../src/access/reader.ts";
import { CATALOGUE_SCOPE, CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { refusedWhileWriting } from "../../src/access/transaction.ts";
import { addContact } from "../../src/contacts/commands.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import { makeConfidential } from "../../src/customers/confidential.ts";
import { setOwnedProduct } from "../../src/customers/owned/commands.ts";
import type { Customer, Page, Product } from "../../src/db/schema.ts";
import { recordInteraction } from "../../src/interactions/commands.ts";
import { linkKnowledge } from "../../src/links/commands.ts";
import { trashPage } from "../../src/pages/trash/commands.ts";
import { recordLook } from "../../src/privacy/looks.ts";
import { createProduct } from "../../src/products/commands.ts";
import { write } from "../pages/writing.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

type Pair<T> = { open: T; shut: T };
let cast: Cast;
/** Ids → "open" and "shut", to read the answers by. */
const names = new Map<string, string>();

beforeAll(async () => {
  cast = await castIn(await openTestDatabase());
  const products = await cast.as("system", async (tx) => {
    const make = (code: string) =>
      createProduct(tx, grant({ scope_id: CATALOGUE_SCOPE }, "edit"), { code, name: code });
    return { open: await make("open"), shut: await make("shut") };
  });
  await cast.db
    .updateTable("products")
    .set({ scope_id: cast.spaces.finance.scope_id })
    .where("code", "=", "shut")
    .execute();
  const customers = { open: await makeCustomer("open", products), shut: await makeCustomer("shut", products) };
  await cast.as("system", (tx) =>
    makeConfidential(tx, grant(customers.shut, "manage"), { entries: [], restricted: true }),
  );
  for (const [name, space] of [
    ["open", "handbook"],
    ["shut", "finance"],
  ] as const) {
    const page = await makePage(name, space, customers, products);
    await cast.as("system", async (tx) => {
      for (const customer of Object.values(customers))
        await linkKnowledge(tx, {
          page: grant(page, "view"),
          target: { kind: "customer", customer: grant(customer, "edit") },
          relation: "told",
        });
      for (const product of Object.values(products))
        await linkKnowledge(tx, {
          page: grant(page, "view"),
          target: { kind: "product", product: grant(product, "edit") },
          relation: "about",
        });
    });
  }
  for (const [name, login, place] of [
    ["mei's", "mei", "handbook"],
    ["root's", "root", "handbook"],
    ["fang's", "fang", "finance"],
  ] as const) {
    const page = await write(cast, login, place, { title: name });
    await cast.as(login, (tx) => trashPage(tx, grant(page, "edit")));
  }
});

async function makeCustomer(name: string, products: Pair<Product>): Promise<Customer> {
  return cast.as("system", async (tx) => {
    const scope = grant({ scope_id: CUSTOMERS_SCOPE }, "edit");
    const customer = await createCustomer(tx, scope, {
      name,
      key: name,
      external_ids: [{ system: "crm", object_type: "account", external_id: name }],
    });
    names.set(customer.id, name);
    const contact = await addContact(tx, grant(customer, "edit"), { name, preferred_channel: "phone" });
    await recordLook(tx, contact, { how: "shown", fields: [name] });
    const erased = { contact_id: contact.id, customer_id: customer.id, person_id: tx.viewer.id, at: tx.now };
    await tx
      .insertInto("erasures")
      .values({ id: tx.newId(), ...erased, reason: name, digests: "[]", counts: "{}" })
      .execute();
    for (const product of Object.values(products)) await setOwnedProduct(tx, grant(customer, "edit"), { product });
    await recordInteraction(tx, grant(customer, "edit"), { channel: "phone", direction: "in", words: name });
    return customer;
  });
}

async function makePage(
  name: string,
  space: string,
  customers: Pair<Customer>,
  products: Pair<Product>,
): Promise<Page> {
  const tags = {
    customers: Object.values(customers).map(({ id }) => id),
    products: Object.values(products).map(({ id }) => id),
  };
  const page = await write(cast, "root", space, {
    title: name,
    body: `[[elsewhere ${name}]]`,
    labels: [name],
    ...tags,
  });
  for (const one of [page, ...Object.values(products)]) names.set(one.id, "code" in one ? one.code : name);
  const file = { id: `file-${name}`, page_id: page.id, name, type: "text/plain", size: 1, hash: name, source: null };
  await cast.db
    .insertInto("attachments")
    .values({ ...file, created_at: cast.clock.now(), created_by: page.created_by })
    .execute();
  return page;
}

const of = (id: string | null): string => names.get(id ?? "") ?? "?";

/** What someone finds in every view, each row in a few words. */
const VIEWS = {
  visible_scopes: async (read: Reader) =>
    (await read.selectFrom("visible_scopes").select("id").execute()).map(({ id }) => nameOfScope(id)),
  visible_spaces: async (read: Reader) =>
    (await read.selectFrom("visible_spaces").select("key").execute()).map(({ key }) => key),
  visible_pages: async (read: Reader) =>
    (await read.selectFrom("visible_pages").select("title").execute()).map(({ title }) => title),
  visible_trash: async (read: Reader) =>
    (await read.selectFrom("visible_trash").select("title").execute()).map(({ title }) => title),
  visible_revisions: async (read: Reader) =>
    (await read.selectFrom("visible_revisions").select("title").execute()).map(({ title }) => title),
  visible_page_titles: async (read: Reader) =>
    (await read.selectFrom("visible_page_titles").select("title_key").execute()).map((row) => row.title_key),
  visible_page_labels: async (read: Reader) =>
    (await read.selectFrom("visible_page_labels").select("label").execute()).map(({ label }) => label),
  visible_links: async (read: Reader) =>
    (await read.selectFrom("visible_links").select("label").execute()).map(({ label }) => label),
  visible_attachments: async (read: Reader) =>
    (await read.selectFrom("visible_attachments").select("name").execute()).map(({ name }) => name),
  visible_page_customers: async (read: Reader) =>
    (await read.selectFrom("visible_page_customers").selectAll().execute()).map(
      (row) => `${of(row.page_id)}–${of(row.customer_id)}`,
    ),
  visible_page_products: async (read: Reader) =>
    (await read.selectFrom("visible_page_products").selectAll().execute()).map(
      (row) => `${of(row.page_id)}–${of(row.product_id)}`,
    ),
  visible_customers: async (read: Reader) =>
    (await read.selectFrom("visible_customers").select("name").execute()).map(({ name }) => name),
  visible_external_ids: async (read: Reader) =>
    (await read.selectFrom("visible_external_ids").select("external_id").execute()).map((row) => row.external_id),
  visible_contacts: async (read: Reader) =>
    (await read.selectFrom("visible_contacts").select("name").execute()).map(({ name }) => name),
  visible_consents: async (read: Reader) =>
    (await read.selectFrom("visible_consents").select("customer_id").execute()).map((row) => of(row.customer_id)),
  visible_erasures: async (read: Reader) =>
    (await read.selectFrom("visible_erasures").select("reason").execute()).map(({ reason }) => reason),
  managed_looks: async (read: Reader) =>
    (await read.selectFrom("managed_looks").select("customer_id").execute()).map((row) => of(row.customer_id)),
  visible_products: async (read: Reader) =>
    (await read.selectFrom("visible_products").select("name").execute()).map(({ name }) => name),
  visible_owned_products: async (read: Reader) =>
    (await read.selectFrom("visible_owned_products").selectAll().execute()).map(
      (row) => `${of(row.customer_id)}–${of(row.product_id)}`,
    ),
  visible_interactions: async (read: Reader) =>
    (await read.selectFrom("visible_interactions").select("words").execute()).map(({ words }) => words),
  visible_knowledge_links: async (read: Reader) =>
    (await read.selectFrom("visible_knowledge_links").selectAll().execute()).map(
      (row) => `${of(row.page_id)}–${of(row.target_id)}`,
    ),
  managed_scopes: async (read: Reader) =>
    (await read.selectFrom("managed_scopes").select("id").execute()).map(({ id }) => nameOfScope(id)),
  managed_entries: async (read: Reader) =>
    (await read.selectFrom("managed_entries").select("scope_id").execute()).map((row) => nameOfScope(row.scope_id)),
  managed_changes: async (read: Reader) =>
    (await read.selectFrom("managed_changes").select("subject_id").execute()).map((row) => nameOfScope(row.subject_id)),
};

const nameOfScope = (id: string): string =>
  Object.values(cast.spaces).find((space) => space.scope_id === id)?.key ??
  (id.startsWith("customer-") ? "confidential" : id);

const ties = (first: string[], second: string[]): string[] => first.flatMap((a) => second.map((b) => `${a}–${b}`));
const both = ["open", "shut"];

/** For someone who views the handbook, all customers and the catalogue; and for who manages the company. */
const EXPECTED: Record<keyof typeof VIEWS, { nobody: string[]; root: string[] }> = {
  visible_scopes: {
    nobody: ["catalogue", "customers", "handbook"],
    root: ["catalogue", "confidential", "customers", "finance", "handbook", "sales"],
  },
  visible_spaces: { nobody: ["handbook"], root: ["finance", "handbook", "sales"] },
  visible_pages: { nobody: ["open"], root: both },
  visible_trash: { nobody: [], root: ["fang's", "mei's", "root's"] },
  visible_revisions: { nobody: ["open"], root: both },
  visible_page_titles: { nobody: ["open"], root: both },
  visible_page_labels: { nobody: ["open"], root: both },
  visible_links: { nobody: ["elsewhere open"], root: ["elsewhere open", "elsewhere shut"] },
  visible_attachments: { nobody: ["open"], root: both },
  visible_page_customers: { nobody: ["open–open"], root: ties(both, both) },
  visible_page_products: { nobody: ["open–open"], root: ties(both, both) },
  visible_customers: { nobody: ["open"], root: both },
  visible_external_ids: { nobody: ["open"], root: both },
  visible_contacts: { nobody: ["open"], root: both },
  visible_consents: { nobody: ["open"], root: both },
  visible_erasures: { nobody: ["open"], root: both },
  managed_looks: { nobody: [], root: both },
  visible_products: { nobody: ["open"], root: both },
  visible_owned_products: { nobody: ["open–open"], root: ties(both, both) },
  visible_interactions: { nobody: ["open"], root: both },
  visible_knowledge_links: {
    nobody: ["open–open", "open–open"],
    root: [...ties(both, both), ...ties(both, both)].sort(),
  },
  managed_scopes: { nobody: [], root: ["catalogue", "confidential", "customers", "finance", "handbook", "sales"] },
  managed_entries: { nobody: [], root: ["catalogue", "customers", "finance", "handbook", "handbook", "sales"] },
  managed_changes: { nobody: [], root: ["catalogue", "confidential", "customers", "finance", "handbook", "sales"] },
};

test("no view of the Reader is left out below", () => {
  const world = readFileSync(join(import.meta.dirname, "../../src/access/world.ts"), "utf8");
  const declared = [...world.matchAll(/^ {4}((?:visible|managed)_\w+):/gm)].map((match) => match[1]);
  expect(Object.keys(VIEWS).sort()).toEqual(declared.sort());
});

describe.each(Object.keys(VIEWS) as (keyof typeof VIEWS)[])("%s", (view) => {
  const found = async (login: Login) => (await VIEWS[view](await cast.read(login))).sort();

  test("holds nothing for a guest", async () => expect(await found("guest")).toEqual([]));
  test("holds what a colleague may see, and nothing of the rest", async () =>
    expect(await found("nobody")).toEqual(EXPECTED[view].nobody));
  test("holds everything for who manages everything", async () =>
    expect(await found("root")).toEqual(EXPECTED[view].root));
});

test("trash is opened by who threw it away there, and by managers", async () => {
  const found = async (login: Login) => (await VIEWS.visible_trash(await cast.read(login))).sort();
  expect(await found("mei")).toEqual(["mei's"]);
  expect(await found("fang")).toEqual(["fang's"]);
  expect(await found("lan")).toEqual([]);
});

describe("only the views that a query names are put in front of it", () => {
  const nobody = async () => cast.read("nobody");

  test("a query of an open table has none", async () => {
    const { sql } = (await nobody()).selectFrom("people").select("id").compile();
    expect(sql).not.toContain("visible_");
  });

  test("a query has the views it names and what those need, also in joins", async () => {
    const read = await nobody();
    const views = (query: { compile: () => { sql: string } }) =>
      [...query.compile().sql.matchAll(/"(visible_\w+)" as (?:not materialized )?\(/g)].map((match) => match[1]);
    expect(views(read.selectFrom("visible_pages").select("id"))).toEqual(["visible_scopes", "visible_pages"]);
    const joined = read
      .selectFrom("people")
      .innerJoin("visible_contacts as c", "c.created_by", "people.id")
      .select("c.id");
    expect(views(joined)).toEqual(["visible_scopes", "visible_customers", "visible_contacts"]);
  });

  test("views in subqueries, in exists and in common table expressions are found", async () => {
    const read = await nobody();
    const rows = await read
      .selectFrom("people")
      .select((eb) =>
        eb
          .selectFrom("visible_customers")
          .select((e) => e.fn.countAll().as("n"))
          .as("customers"),
      )
      .where((eb) => eb.exists(eb.selectFrom("visible_spaces").select("id").whereRef("created_by", "=", "people.id")))
      .where("id", "in", (eb) => eb.selectFrom("visible_pages").select("created_by"))
      .orderBy("id")
      .execute();
    expect(rows.map((row) => Number(row.customers))).toEqual([1]);
  });

  test("counts, order and limit come after what is hidden was left out", async () => {
    const read = await nobody();
    const count = await read
      .selectFrom("visible_pages")
      .select((eb) => eb.fn.countAll().as("n"))
      .executeTakeFirstOrThrow();
    expect(Number(count.n)).toBe(1);
    const last = await read.selectFrom("visible_customers").select("name").orderBy("name", "desc").limit(1).execute();
    expect(last).toEqual([{ name: "open" }]);
  });
});

test("reading outside while a write is open throws instead of waiting for ever", async () => {
  const nobody = await cast.viewer("nobody");
  const outside = readerFor(cast.db.withPlugin(refusedWhileWriting), nobody, cast.db.engine);
  const inside = cast.as("nobody", async (tx) => {
    expect(await tx.read.selectFrom("visible_pages").select("title").execute()).toEqual([{ title: "open" }]);
    await outside.selectFrom("visible_pages").select("title").execute();
  });
  await expect(inside).rejects.toThrow("Read through tx.read while a write is open.");
  expect(await outside.selectFrom("visible_pages").select("title").execute()).toEqual([{ title: "open" }]);
});
