import type { Reader } from "../../access/reader.ts";
import { toCount } from "../../db/portable.ts";
import type { KnowledgeLink, Page, Product } from "../../db/schema.ts";
import { findProduct } from "../queries.ts";

/** Why a page concerns a product. */
export type Tie =
  | { why: "tagged"; person: string; at: string }
  | { why: "linked"; relation: KnowledgeLink["relation"]; person: string; at: string }
  | { why: "named" };

export type KnownPage = Pick<Page, "id" | "title" | "updated_at" | "verified_at" | "verified_by" | "review_at"> & {
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
  const newest = await listConcerned(read, product, { names, limit });
  const pages = newest.map((page) => page.id);
  const [known, ties] = await Promise.all([listPages(read, pages), listTies(read, product, { names, pages })]);
  const items = pages.flatMap((id) => {
    const page = known.get(id);
    return page ? [{ ...page, ties: ties.flatMap(({ page_id, tie }) => (page_id === id ? [tie] : [])) }] : [];
  });
  return { items, total: toCount(newest[0]?.total) };
}

/** How texts may write its code, as far as that means this product and not an older one the viewer sees. */
async function namesOf(read: Reader, { id, code, code_key }: Product): Promise<string[]> {
  const meant = (await findProduct(read, code))?.id === id;
  return meant ? [...new Set([code, code_key, code.toLowerCase(), code.toUpperCase()])] : [""];
}

/** The newest of the pages, and with each how many there are in all: they are looked through once. */
function listConcerned(read: Reader, product: Product, of: { names: string[]; limit: number }) {
  return read
    .selectFrom("visible_pages as page")
    .select((eb) => ["page.id", eb.fn.countAll().over().as("total")])
    .where((eb) => {
      const tagged = eb.selectFrom("visible_page_products").where("product_id", "=", product.id);
      const linked = eb
        .selectFrom("visible_knowledge_links")
        .where("target_kind", "=", "product")
        .where("target_id", "=", product.id);
      const naming = eb.selectFrom("visible_links").where("kind", "=", "product").where("target", "in", of.names);
      return eb(
        "page.id",
        "in",
        tagged.select("page_id").union(linked.select("page_id")).union(naming.select("page_id")),
      );
    })
    .orderBy("page.updated_at", "desc")
    .orderBy("page.id")
    .limit(of.limit)
    .execute();
}

async function listPages(read: Reader, ids: string[]): Promise<Map<string, Omit<KnownPage, "ties">>> {
  const rows = await read
    .selectFrom("visible_pages as page")
    .innerJoin("visible_spaces as space", "space.id", "page.space_id")
    .innerJoin("people as person", "person.id", "page.updated_by")
    .select(["page.id", "page.title", "page.updated_at", "page.verified_at"])
    .select(["page.verified_by", "page.review_at"])
    .select(["space.name as space", "person.name as person"])
    .where("page.id", "in", ["", ...ids])
    .orderBy("page.id")
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
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
