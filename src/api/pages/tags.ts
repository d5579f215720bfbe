import type { Reader } from "../../access/reader.ts";
import { listCustomersById } from "../../customers/queries.ts";
import type { Tags } from "../../pages/tags.ts";
import { listProductsById } from "../../products/queries.ts";

/** The keys of the customers and the codes of the products among tags that the viewer can see. */
export async function listTagNames(read: Reader, tags: Tags): Promise<Tags> {
  const customers = await listCustomersById(read, tags.customers);
  const products = await listProductsById(read, tags.products);
  return {
    customers: tags.customers.flatMap((id) => customers.get(id)?.key ?? []),
    products: tags.products.flatMap((id) => products.get(id)?.code ?? []),
  };
}
