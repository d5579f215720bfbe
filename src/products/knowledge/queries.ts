import type { Reader } from "../../access/reader.ts";
import { toCount } from "../../db/portable.ts";
import type { KnowledgeLink, Page, Product } from "../../db/schema.ts";
import { findProduct } from "../queries.ts";

/** Why a page concerns a product. */
export type Tie =
  | { why: "tagged"; person: string; at: string }
  | { why: "linked"; relation: KnowledgeLink["relation"]; person: string; at: string }
  | { why: "named" };

export type KnownPage = Pick<Page, "id" | "title" | "updated_at" | "verified_at"> & {
  /** Names of its space and of who changed it last. */
  space: string;
  person: string;
  /** Tags before links, links before mere mention. */
  ties: Tie[];
};

/** The pages tagged with a product, linked to it or naming it, last changed first; `total` counts all of them. */
export async function listKnowledge(
  read: Reader,
  product: Product,
  limit: number,
): Promise<{ items: KnownPage[]; total: number }> {
  const names = await namesOf(read, product);
  const concerned = concernedBy(read, product, names);
  const pages = await concerned
    .innerJoin("visible_spaces as space", "space.id", "page.space_id")
    .innerJoin("people as person", "person.id", "page.updated_by")
    .select(["page.id", "page.title", "page.updated_at", "page.verified_at"])
    .select(["space.name as space", "person.name as person"])
    .orderBy("page.updated_at", "desc")
    .orderBy("page.id")
    .limit(limit)
    .execute();
  const { count } = await concerned.select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  const ties = await listTies(read, product, { names, pages: pages.map((page) => page.id) });
  const items = pages.map((page) => ({
    ...page,
    ties: ties.flatMap(({ page_id, tie }) => (page_id === page.id ? [tie] : [])),
  }));
  return { items, total: toCount(count) };
}

/** How texts may write its code, as far as that means this product and not an older one the viewer sees. */
async function namesOf(read: Reader, { id, code, code_key }: Product): Promise<string[]> {
  const meant = (await findProduct(read, code))?.id === id;
  return meant ? [...new Set([code, code_key, code.toLowerCase(), code.toUpperCase()])] : [""];
}

function concernedBy(read: Reader, product: Product, names: string[]) {
  return read
    .selectFrom("visible_pages as page")
    .where((eb) =>
      eb.or([
        eb(
          "page.id",
          "in",
          eb.selectFrom("visible_page_products").select("page_id").where("product_id", "=", product.id),
        ),
        eb(
          "page.id",
          "in",
          eb
            .selectFrom("visible_knowledge_links")
            .select("page_id")
            .where("target_kind", "=", "product")
            .where("target_id", "=", product.id),
        ),
        eb(
          "page.id",
          "in",
          eb.selectFrom("visible_links").select("page_id").where("kind", "=", "product").where("target", "in", names),
        ),
      ]),
    );
}

type TieOf = { page_id: string; tie: Tie };

async function listTies(read: Reader, product: Product, of: { names: string[]; pages: string[] }): Promise<TieOf[]> {
  const pages = ["", ...of.pages];
  const [tagged, linked, named] = await Promise.all([
    listTags(read, product, pages),
    listLinked(read, product, pages),
    read
      .selectFrom("visible_links")
      .select("page_id")
      .distinct()
      .where("kind", "=", "product")
      .where("target", "in", of.names)
      .where("page_id", "in", pages)
      .orderBy("page_id")
      .execute(),
  ]);
  return [...tagged, ...linked, ...named.map(({ page_id }): TieOf => ({ page_id, tie: { why: "named" } }))];
}

async function listTags(read: Reader, product: Product, pages: string[]): Promise<TieOf[]> {
  const rows = await read
    .selectFrom("visible_page_products as tag")
    .innerJoin("people as person", "person.id", "tag.tagged_by")
    .select(["tag.page_id", "tag.tagged_at as at", "person.name as person"])
    .where("tag.product_id", "=", product.id)
    .where("tag.page_id", "in", pages)
    .orderBy("tag.page_id")
    .execute();
  return rows.map(({ page_id, ...tag }) => ({ page_id, tie: { why: "tagged", ...tag } }));
}

async function listLinked(read: Reader, product: Product, pages: string[]): Promise<TieOf[]> {
  const rows = await read
    .selectFrom("visible_knowledge_links as link")
    .innerJoin("people as person", "person.id", "link.created_by")
    .select(["link.page_id", "link.relation", "link.created_at as at", "person.name as person"])
    .where("link.target_kind", "=", "product")
    .where("link.target_id", "=", product.id)
    .where("link.page_id", "in", pages)
    .orderBy("link.created_at", "desc")
    .orderBy("link.id")
    .execute();
  return rows.map(({ page_id, ...link }) => ({ page_id, tie: { why: "linked", ...link } }));
}
