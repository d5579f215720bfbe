import type { Reader } from "../../access/reader.ts";
import type { Customer, OwnedProduct, Product } from "../../db/schema.ts";
import { NotFound } from "../../errors.ts";

/** @throws NotFound */
export async function getOwnedProduct(read: Reader, id: string): Promise<OwnedProduct> {
  const owned = await read.selectFrom("visible_owned_products").selectAll().where("id", "=", id).executeTakeFirst();
  if (!owned) throw new NotFound();
  return owned;
}

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
