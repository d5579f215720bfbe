import type { ExpressionBuilder } from "kysely";
import type { Reader } from "../../access/reader.ts";
import type { World } from "../../access/world.ts";
import { findCustomer } from "../../customers/queries.ts";
import { fromCursor, toCursor } from "../../db/cursor.ts";
import { toCount } from "../../db/portable.ts";
import type { Page } from "../../db/schema.ts";
import { labelKey } from "../../pages/draft.ts";
import { findProduct } from "../../products/queries.ts";
import { findSpace } from "../../spaces/queries.ts";
import type { Asked } from "../paging.ts";

/** As the outside names them: key of a space, id of a page, key of a customer, code of a product, ISO time. */
export type PageFilter = {
  space?: string | undefined;
  parent?: string | undefined;
  customer?: string | undefined;
  product?: string | undefined;
  label?: string | undefined;
  updated_since?: string | undefined;
};

/** The pages the viewer can see, in the order in which they were made; what a filter names and does not exist has none. */
export async function listPages(
  read: Reader,
  asked: Asked & PageFilter,
): Promise<{ items: Page[]; total: number; nextCursor: string | null }> {
  const ids = await idsIn(read, asked);
  const matching = read.selectFrom("visible_pages as page").where((eb) => matches(eb, asked, ids));
  const [at = "", id = ""] = fromCursor(asked.cursor, 2) ?? [];
  const rows = await matching
    .selectAll("page")
    .where((eb) =>
      eb.or([eb("page.created_at", ">", at), eb.and([eb("page.created_at", "=", at), eb("page.id", ">", id)])]),
    )
    .orderBy("page.created_at")
    .orderBy("page.id")
    .limit(asked.limit + 1)
    .execute();
  const { count } = await matching.select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  const items = rows.slice(0, asked.limit);
  const last = items.at(-1);
  const nextCursor = last && rows.length > asked.limit ? toCursor([last.created_at, last.id]) : null;
  return { items, total: toCount(count), nextCursor };
}

type Ids = { space: string; customer: string; product: string };

/** The id of each thing a filter names, or an empty text, which no id is. */
async function idsIn(read: Reader, filter: PageFilter): Promise<Ids> {
  const { space, customer, product } = filter;
  return {
    space: (space === undefined ? undefined : await findSpace(read, space))?.id ?? "",
    customer: (customer === undefined ? undefined : await findCustomer(read, customer))?.id ?? "",
    product: (product === undefined ? undefined : await findProduct(read, product))?.id ?? "",
  };
}

type Columns = ExpressionBuilder<World & { page: Page }, "page">;

const matches = (eb: Columns, filter: PageFilter, ids: Ids) =>
  eb.and([
    ...(filter.space === undefined ? [] : [eb("page.space_id", "=", ids.space)]),
    ...(filter.parent === undefined ? [] : [eb("page.parent_id", "=", filter.parent)]),
    ...(filter.updated_since === undefined ? [] : [eb("page.updated_at", ">=", filter.updated_since)]),
    ...(filter.label === undefined ? [] : [eb("page.id", "in", labelled(eb, labelKey(filter.label)))]),
    ...(filter.customer === undefined ? [] : [eb("page.id", "in", aboutCustomer(eb, ids.customer))]),
    ...(filter.product === undefined ? [] : [eb("page.id", "in", aboutProduct(eb, ids.product))]),
  ]);

const labelled = (eb: Columns, key: string) =>
  eb.selectFrom("visible_page_labels as l").select("l.page_id").where("l.label_key", "=", key);
const aboutCustomer = (eb: Columns, id: string) =>
  eb.selectFrom("visible_page_customers as c").select("c.page_id").where("c.customer_id", "=", id);
const aboutProduct = (eb: Columns, id: string) =>
  eb.selectFrom("visible_page_products as p").select("p.page_id").where("p.product_id", "=", id);

/** What many pages are about: page id → keys of customers, codes of products, labels. */
export type Tags = Map<string, { customers: string[]; products: string[]; labels: string[] }>;

export async function listTagsOf(read: Reader, pages: Pick<Page, "id">[]): Promise<Tags> {
  const ids = ["", ...pages.map(({ id }) => id)];
  const [customers, products, labels] = await Promise.all([
    read
      .selectFrom("visible_page_customers as tag")
      .innerJoin("visible_customers as customer", "customer.id", "tag.customer_id")
      .select(["tag.page_id", "customer.key as name"])
      .where("tag.page_id", "in", ids)
      .orderBy("tag.tagged_at")
      .orderBy("customer.id")
      .execute(),
    read
      .selectFrom("visible_page_products as tag")
      .innerJoin("visible_products as product", "product.id", "tag.product_id")
      .select(["tag.page_id", "product.code as name"])
      .where("tag.page_id", "in", ids)
      .orderBy("tag.tagged_at")
      .orderBy("product.id")
      .execute(),
    read
      .selectFrom("visible_page_labels")
      .select(["page_id", "label as name"])
      .where("page_id", "in", ids)
      .orderBy("label_key")
      .orderBy("page_id")
      .execute(),
  ]);
  const of = (rows: { page_id: string; name: string }[], id: string) =>
    rows.filter((row) => row.page_id === id).map(({ name }) => name);
  return new Map(
    pages.map(({ id }) => [id, { customers: of(customers, id), products: of(products, id), labels: of(labels, id) }]),
  );
}
