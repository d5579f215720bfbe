import type { Reader } from "../../access/reader.ts";
import { toCount } from "../../db/portable.ts";
import type { Customer, OwnedProduct, Product } from "../../db/schema.ts";

/** What a customer owns, with the code and name of each product, in the order in which it was added. */
export const listOwnedProducts = (
  read: Reader,
  customer: Pick<Customer, "id">,
): Promise<(OwnedProduct & Pick<Product, "code" | "name">)[]> =>
  read
    .selectFrom("visible_owned_products as owned")
    .innerJoin("visible_products as product", "product.id", "owned.product_id")
    .selectAll("owned")
    .select(["product.code", "product.name"])
    .where("owned.customer_id", "=", customer.id)
    .orderBy("owned.created_at")
    .orderBy("owned.id")
    .execute();

export type Owner = OwnedProduct & Pick<Customer, "key" | "name">;

/** Who owns a product, by name, archived customers left out; `total` counts all entries, `quantity` what they own together. */
export async function listOwners(
  read: Reader,
  product: Pick<Product, "id">,
  limit: number,
): Promise<{ items: Owner[]; total: number; quantity: number }> {
  const owners = read
    .selectFrom("visible_owned_products as owned")
    .innerJoin("visible_customers as customer", "customer.id", "owned.customer_id")
    .where("owned.product_id", "=", product.id)
    .where("customer.archived_at", "is", null);
  const items = await owners
    .selectAll("owned")
    .select(["customer.key", "customer.name"])
    .orderBy("customer.name_pinyin")
    .orderBy("owned.created_at")
    .orderBy("owned.id")
    .limit(limit)
    .execute();
  const all = await owners
    .select((eb) => [eb.fn.countAll().as("total"), eb.fn.sum("owned.quantity").as("quantity")])
    .executeTakeFirstOrThrow();
  return { items, total: toCount(all.total), quantity: toCount(all.quantity) };
}
