import { prepared, type Slots } from "../access/prepared.ts";
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

/** Which customers were told what a page says, and which revision of it, the last first. */
export const listTellings = (read: Reader, page: Pick<Page, "id">): Promise<Telling[]> =>
  tellingsOf(read, { page: page.id });

export type Telling = Pick<KnowledgeLink, "revision" | "created_at"> & { customer_id: string };

const tellingsOf = prepared((read: Reader, value: Slots<{ page: string }>) =>
  read
    .selectFrom("visible_knowledge_links")
    .select(["customer_id", "revision", "created_at"])
    .$narrowType<{ customer_id: string }>()
    .where("page_id", "=", value("page"))
    .where("customer_id", "is not", null)
    .where("relation", "in", ["told", "sent"])
    .orderBy("created_at", "desc")
    .orderBy("id"),
);

/** A page that was linked to something, and by whom. */
export type LinkedPage = Pick<KnowledgeLink, "id" | "relation" | "revision"> & {
  page: Pick<Page, "id" | "title">;
  person: string;
  at: string;
};

/** The pages linked to one contact, interaction, product or customer itself, last linked first. */
export async function listLinkedPages(
  read: Reader,
  target: { kind: KnowledgeLink["target_kind"]; id: string },
): Promise<LinkedPage[]> {
  const rows = await read
    .selectFrom("visible_knowledge_links as link")
    .innerJoin("visible_pages as page", "page.id", "link.page_id")
    .innerJoin("people as person", "person.id", "link.created_by")
    .select(["link.id", "link.relation", "link.revision", "link.created_at as at"])
    .select(["page.id as page_id", "page.title", "person.name as person"])
    .where("link.target_kind", "=", target.kind)
    .where("link.target_id", "=", target.id)
    .orderBy("link.created_at", "desc")
    .orderBy("link.id")
    .execute();
  return rows.map(({ page_id, title, ...link }) => ({ ...link, page: { id: page_id, title } }));
}
