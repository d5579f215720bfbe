import type { Reader } from "../access/reader.ts";
import type { Customer, KnowledgeLink, Page, Product } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

/** @throws NotFound when the viewer cannot see both ends */
export async function getLink(read: Reader, id: string): Promise<KnowledgeLink> {
  const link = await read.selectFrom("visible_knowledge_links").selectAll().where("id", "=", id).executeTakeFirst();
  if (!link) throw new NotFound();
  return link;
}

/** The knowledge links of a page, of a customer (with its contacts and interactions) or of a product, newest first. */
export const listLinks = (
  read: Reader,
  of: { page?: Pick<Page, "id">; customer?: Pick<Customer, "id">; product?: Pick<Product, "id"> },
): Promise<KnowledgeLink[]> =>
  read
    .selectFrom("visible_knowledge_links")
    .selectAll()
    .where((eb) =>
      eb.and([
        ...(of.page ? [eb("page_id", "=", of.page.id)] : []),
        ...(of.customer ? [eb("customer_id", "=", of.customer.id)] : []),
        ...(of.product ? [eb("target_kind", "=", "product"), eb("target_id", "=", of.product.id)] : []),
      ]),
    )
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
