import { grant } from "../../../src/access/grant.ts";
import { LEVELS } from "../../../src/access/levels.ts";
import { CATALOGUE_SCOPE, CUSTOMERS_SCOPE } from "../../../src/access/scope-names.ts";
import type { Tx } from "../../../src/access/transaction.ts";
import { addContact } from "../../../src/contacts/commands.ts";
import { createCustomer } from "../../../src/customers/commands.ts";
import { makeConfidential } from "../../../src/customers/confidential.ts";
import { setOwnedProduct } from "../../../src/customers/owned/commands.ts";
import type { Contact, Customer, Page, Product } from "../../../src/db/schema.ts";
import { recordInteraction } from "../../../src/interactions/commands.ts";
import { linkKnowledge } from "../../../src/links/commands.ts";
import { createPage } from "../../../src/pages/commands.ts";
import { renderDraft } from "../../../src/pages/draft.ts";
import { restrictPage } from "../../../src/permissions/commands.ts";
import { createProduct } from "../../../src/products/commands.ts";
import { type Cast, castIn, testClock } from "../../support/cast.ts";
import { openSqlite } from "../../support/db.ts";
import { type Random, seeded } from "./random.ts";

/** Words of the random texts; every world uses the same few, so that texts meet. */
export const WORDS = [
  "X200",
  "固件",
  "升级",
  "price",
  "保修",
  "margin",
  "warranty",
  "客户",
  "certificate",
  "华信",
  "gateway",
  "底价",
];

export type World = {
  bytes: Buffer;
  cast: Cast;
  pages: Page[];
  customers: Customer[];
  products: Product[];
  contacts: Contact[];
};

export const sentence = (random: Random, length = 6): string =>
  Array.from({ length }, () => random.pick(WORDS)).join(" ");

/**
 * A small company drawn by lot: pages in three spaces (some restricted), customers (some confidential), products, links, tags,
 * interactions. Same seed, same world.
 */
export async function makeWorld(seed: number): Promise<World> {
  const random = seeded(seed);
  const clock = Object.assign(testClock(), { random: random.bytes });
  const db = await openSqlite();
  const cast = await castIn(db, clock);
  const products = await cast.as("system", (tx) => makeProducts(tx, random));
  const customers = await cast.as("system", (tx) => makeCustomers(tx, random, cast, products));
  const pages = await makePages(random, cast, { customers, products });
  await cast.as("system", (tx) => makeTies(tx, random, { pages, customers }));
  const contacts = await db.selectFrom("contacts").selectAll().orderBy("id").execute();
  const bytes = db.engine.serialize?.() ?? Buffer.alloc(0);
  return { bytes, cast, pages, customers, products, contacts };
}

/** The text of a page: words, and links to others by title, id and key. */
export function bodyFrom(
  random: Random,
  known: { pages: Pick<Page, "id" | "title">[]; customers: Customer[]; products: Product[] },
): string {
  const links = [
    ...known.pages.slice(-6).map((page) => (random.chance(0.5) ? `[[${page.title}]]` : `[see](/p/${page.id})`)),
    ...known.customers.slice(-2).map((customer) => `[[customer:${customer.key}]]`),
    ...known.products.slice(-1).map((product) => `[[product:${product.code}]]`),
  ];
  return [
    `## ${sentence(random, 2)}`,
    sentence(random, 20),
    ...links.filter(() => random.chance(0.5)),
    "[[Not written yet]]",
  ].join("\n\n");
}

async function makeProducts(tx: Tx, random: Random): Promise<Product[]> {
  const scope = grant({ scope_id: CATALOGUE_SCOPE }, "edit");
  const make = (code: string) => createProduct(tx, scope, { code, name: `${code} ${random.pick(WORDS)}` });
  return [await make("X200"), await make("X300"), await make("CLOUD")];
}

async function makeCustomers(tx: Tx, random: Random, cast: Cast, products: Product[]): Promise<Customer[]> {
  const made: Customer[] = [];
  for (let i = 0; i < 6; i++) {
    const customer = await createCustomer(tx, grant({ scope_id: CUSTOMERS_SCOPE }, "edit"), {
      name: `${random.pick(WORDS)} ${i}`,
      key: `c${i}`,
    });
    const contact = await addContact(tx, grant(customer, "edit"), {
      name: `张${random.pick(WORDS)}`,
      mobile: `1380000${1000 + i}`,
    });
    await setOwnedProduct(tx, grant(customer, "edit"), { product: random.pick(products), quantity: 1 + i });
    await recordInteraction(tx, grant(customer, "edit"), {
      channel: "phone",
      direction: "in",
      words: sentence(random),
      contact_id: contact.id,
      next_at: "2026-11-01",
    });
    const entries = [
      { principal: `department:${cast.departments.sales.id}`, kind: "grant" as const, level: LEVELS.edit },
    ];
    made.push(
      i % 3 === 2 ? await makeConfidential(tx, grant(customer, "manage"), { entries, restricted: true }) : customer,
    );
  }
  return made;
}

async function makePages(
  random: Random,
  cast: Cast,
  known: { customers: Customer[]; products: Product[] },
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let i = 0; i < 18; i++) {
    const space = cast.spaces[random.pick(["handbook", "sales", "finance"] as const)];
    const siblings = pages.filter((page) => page.space_id === space.id);
    const parent = siblings.length > 0 && random.chance(0.4) ? random.pick(siblings) : space;
    const tags = { customers: [random.pick(known.customers).id], products: [random.pick(known.products).id] };
    const text = {
      title: `${sentence(random, 2)} ${i % 9}`,
      body: bodyFrom(random, { pages, ...known }),
      labels: [random.pick(WORDS)],
      summary: "",
    };
    const draft = await renderDraft({ ...text, ...tags });
    pages.push(
      await cast.as("system", async (tx) => createPage(tx, grant(await currentPlace(tx, parent), "edit"), draft)),
    );
    if (i % 3 === 2) await cast.as("system", (tx) => restrictLast(tx, cast, pages));
  }
  return pages;
}

/** A parent as it is now: its scope may have changed since it was made. */
async function currentPlace<P extends { id: string }>(tx: Tx, place: P): Promise<P> {
  const row = await tx.read
    .selectFrom("visible_pages")
    .select("scope_id")
    .where("id", "=", place.id)
    .executeTakeFirst();
  return row ? { ...place, scope_id: row.scope_id } : place;
}

async function restrictLast(tx: Tx, cast: Cast, pages: Page[]): Promise<void> {
  const last = pages.at(-1);
  if (!last) return;
  const page = await currentPlace(tx, last);
  const entries = [
    { principal: `department:${cast.departments["east-sales"].id}`, kind: "grant" as const, level: LEVELS.view },
  ];
  await restrictPage(tx, grant(page, "manage"), { entries, restricted: true });
}

async function makeTies(tx: Tx, random: Random, known: { pages: Page[]; customers: Customer[] }): Promise<void> {
  for (let i = 0; i < 8; i++) {
    const page = random.pick(known.pages);
    await linkKnowledge(tx, {
      page: grant(page, "view"),
      target: { kind: "customer", customer: grant(random.pick(known.customers), "edit") },
      relation: random.pick(["about", "told"] as const),
    });
  }
}
