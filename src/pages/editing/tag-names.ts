import type { Reader } from "../../access/reader.ts";
import { fold } from "../../analyzer/analyze.ts";
import { listCustomers } from "../../customers/queries.ts";
import { Invalid, type Rule } from "../../errors.ts";
import { listProducts } from "../../products/queries.ts";
import type { PageTags } from "../queries.ts";
import type { Tags } from "../tags.ts";

/** Customers and products as typed: names, keys or codes, parted by commas, semicolons or lines. */
export type TypedTags = { customers: string; products: string };

const PARTS = /[、，,；;\n]/;
const MOST_CANDIDATES = 50;

/** The tags of a page as its form shows them; `readTags` reads them back as the same. */
export const typeTags = (tags: Pick<PageTags, "customers" | "products">): TypedTags => ({
  customers: customersOf(tags).map(labelOf).join("、"),
  products: productsOf(tags).map(labelOf).join("、"),
});

/**
 * The ids of what was typed. A name that several bear means the one that the page has already.
 * @throws Invalid naming what is unknown or not clear
 */
export async function readTags(
  read: Reader,
  typed: TypedTags,
  present: Pick<PageTags, "customers" | "products">,
): Promise<Tags> {
  const customers = await Promise.all(wordsOf(typed.customers).map((word) => findCustomer(read, word, present)));
  const products = await Promise.all(wordsOf(typed.products).map((word) => findProduct(read, word, present)));
  const rules = { customers: firstRule(customers), products: firstRule(products) };
  if (rules.customers ?? rules.products)
    throw new Invalid({
      ...(rules.customers && { customers: rules.customers }),
      ...(rules.products && { products: rules.products }),
    });
  return { customers: idsOf(customers), products: idsOf(products) };
}

/** Something that can be named: by any of `names`, in any case and width. The first without a comma is its label. */
type Named = { id: string; names: string[] };
type Found = { id: string } | { rule: Rule };

const labelOf = ({ names, id }: Named): string => names.find((name) => !PARTS.test(name)) ?? id;

const wordsOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(PARTS)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

const firstRule = (found: Found[]): Rule | undefined => found.flatMap((one) => ("rule" in one ? [one.rule] : []))[0];

const idsOf = (found: Found[]): string[] => [...new Set(found.flatMap((one) => ("id" in one ? [one.id] : [])))];

const customersOf = ({ customers }: Pick<PageTags, "customers">): Named[] =>
  customers.map(({ id, key, name, short_name }) => ({ id, names: [short_name ?? name, name, key] }));

const productsOf = ({ products }: Pick<PageTags, "products">): Named[] =>
  products.map(({ id, code, name }) => ({ id, names: [code, name] }));

async function findCustomer(read: Reader, word: string, present: Pick<PageTags, "customers">): Promise<Found> {
  const there = customersOf(present).find((one) => isCalled(one, word));
  if (there) return there;
  const { items } = await listCustomers(read, { q: word, limit: MOST_CANDIDATES });
  const aliases = (json: string): string[] => JSON.parse(json);
  return pick(
    word,
    items.map((one) => ({
      id: one.id,
      names: [one.short_name ?? one.name, one.name, one.key, ...aliases(one.aliases)],
    })),
    ["pages.unknownCustomer", "pages.unclearCustomer"],
  );
}

async function findProduct(read: Reader, word: string, present: Pick<PageTags, "products">): Promise<Found> {
  const there = productsOf(present).find((one) => isCalled(one, word));
  if (there) return there;
  const { items } = await listProducts(read, { q: word, limit: MOST_CANDIDATES });
  return pick(word, productsOf({ products: items }), ["pages.unknownProduct", "pages.unclearProduct"]);
}

const isCalled = ({ id, names }: Named, word: string): boolean =>
  id === word || names.some((name) => fold(name).trim() === fold(word).trim());

type Unknown = "pages.unknownCustomer" | "pages.unknownProduct";
type Unclear = "pages.unclearCustomer" | "pages.unclearProduct";

/** The one that is called so, or the only one that a part of a name can mean. */
const pick = (word: string, candidates: Named[], [unknown, unclear]: [Unknown, Unclear]): Found => {
  const called = candidates.filter((one) => isCalled(one, word));
  const [first, ...others] = called.length > 0 ? called : candidates;
  if (!first) return { rule: [unknown, { name: word }] };
  if (others.length === 0) return first;
  return { rule: [unclear, { name: word, names: [first, ...others].slice(0, 5).map(labelOf).join("、") }] };
};
