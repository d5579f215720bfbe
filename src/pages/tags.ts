import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import type { Page, Revision } from "../db/schema.ts";
import { type Draft, labelKey, parseIds } from "./draft.ts";

/** Ids of the customers and products a page is about. */
export type Tags = Pick<Draft, "customers" | "products">;

/**
 * The tags of the next revision: those chosen that the viewer can see, and those of the revision `before` that they
 * cannot see, and so cannot have meant to take away.
 */
export async function joinTags(
  read: Reader,
  chosen: Tags,
  before: Pick<Revision, "customers" | "products">,
): Promise<Tags> {
  const kept = { customers: parseIds(before.customers), products: parseIds(before.products) };
  const [customers, products] = [
    await listVisible(read, "visible_customers", [...chosen.customers, ...kept.customers]),
    await listVisible(read, "visible_products", [...chosen.products, ...kept.products]),
  ];
  return {
    customers: joinIds(chosen.customers, kept.customers, customers),
    products: joinIds(chosen.products, kept.products, products),
  };
}

/** Makes the current tags of a page those of its newest revision. */
export async function replaceTags(tx: Tx, page: Page, draft: Tags & Pick<Draft, "labels">): Promise<void> {
  await replaceCustomers(tx, page, draft.customers);
  await replaceProducts(tx, page, draft.products);
  const labels = draft.labels.map((label) => ({ page_id: page.id, label, label_key: labelKey(label) }));
  await tx.deleteFrom("page_labels").where("page_id", "=", page.id).execute();
  if (labels.length > 0) await tx.insertInto("page_labels").values(labels).execute();
}

async function listVisible(
  read: Reader,
  table: "visible_customers" | "visible_products",
  ids: string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await read
    .selectFrom(table)
    .select("id")
    .where("id", "in", [...new Set(ids)])
    .orderBy("id")
    .execute();
  return new Set(rows.map(({ id }) => id));
}

const joinIds = (chosen: string[], kept: string[], seen: Set<string>): string[] => [
  ...new Set([...chosen.filter((id) => seen.has(id)), ...kept.filter((id) => !seen.has(id))]),
];

async function replaceCustomers(tx: Tx, page: Page, ids: string[]): Promise<void> {
  const rows = await tx.read
    .selectFrom("visible_page_customers")
    .select("customer_id as id")
    .where("page_id", "=", page.id)
    .orderBy("customer_id")
    .execute();
  const { gone, added } = changesBetween(rows, ids);
  if (gone.length > 0)
    await tx.deleteFrom("page_customers").where("page_id", "=", page.id).where("customer_id", "in", gone).execute();
  if (added.length > 0)
    await tx
      .insertInto("page_customers")
      .values(added.map((customer_id) => ({ customer_id, ...taggedOn(page) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

async function replaceProducts(tx: Tx, page: Page, ids: string[]): Promise<void> {
  const rows = await tx.read
    .selectFrom("visible_page_products")
    .select("product_id as id")
    .where("page_id", "=", page.id)
    .orderBy("product_id")
    .execute();
  const { gone, added } = changesBetween(rows, ids);
  if (gone.length > 0)
    await tx.deleteFrom("page_products").where("page_id", "=", page.id).where("product_id", "in", gone).execute();
  if (added.length > 0)
    await tx
      .insertInto("page_products")
      .values(added.map((product_id) => ({ product_id, ...taggedOn(page) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

const taggedOn = (page: Page) => ({ page_id: page.id, tagged_by: page.updated_by, tagged_at: page.updated_at });

const changesBetween = (before: { id: string }[], ids: string[]): { gone: string[]; added: string[] } => {
  const now = before.map(({ id }) => id);
  return { gone: now.filter((id) => !ids.includes(id)), added: ids.filter((id) => !now.includes(id)) };
};
