import { prepared, type Slots } from "../access/prepared.ts";
import type { Reader } from "../access/reader.ts";
import type { Page, Revision, Space } from "../db/schema.ts";
import { NotFound } from "../errors.ts";
import type { Rendered } from "../markdown/render.ts";
import { labelKey, parseIds } from "./draft.ts";
import { getRevision } from "./history/queries.ts";
import { getRendering } from "./rendering.ts";

export const findPage = async (read: Reader, id: string): Promise<Page | undefined> =>
  (await pageById(read, { id }))[0];

const pageById = prepared((read: Reader, value: Slots<{ id: string }>) =>
  read.selectFrom("visible_pages").selectAll().where("id", "=", value("id")),
);

/** @throws NotFound */
export async function getPage(read: Reader, id: string): Promise<Page> {
  const page = await findPage(read, id);
  if (!page) throw new NotFound();
  return page;
}

/** A page with its space, its newest revision and the rendering of that. */
export type PageToRead = { page: Page; space: Space; revision: Revision; rendered: Rendered };

/** @throws NotFound */
export async function getPageToRead(read: Reader, id: string): Promise<PageToRead> {
  const page = await getPage(read, id);
  const [revision, space] = await Promise.all([getRevision(read, page, page.revision), getSpaceOf(read, page)]);
  return { page, space, revision, rendered: await getRendering(read, revision) };
}

/** The space a visible page is in. @throws NotFound */
export async function getSpaceOf(read: Reader, page: Pick<Page, "space_id">): Promise<Space> {
  const [space] = await spaceById(read, { id: page.space_id });
  if (!space) throw new NotFound();
  return space;
}

const spaceById = prepared((read: Reader, value: Slots<{ id: string }>) =>
  read.selectFrom("visible_spaces").selectAll().where("id", "=", value("id")),
);

export type PageTitle = Pick<Page, "id" | "title" | "space_id" | "updated_at">;

/** The titles of those of the given pages that the viewer can see, in the order of `ids`. */
export async function listPageTitles(read: Reader, ids: string[]): Promise<PageTitle[]> {
  if (ids.length === 0) return [];
  const rows = await read
    .selectFrom("visible_pages")
    .select(["id", "title", "space_id", "updated_at"])
    .where("id", "in", [...new Set(ids)])
    .orderBy("id")
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** Pages changed last, in one space or everywhere. */
export function listRecentPages(
  read: Reader,
  part: { spaceId?: string; limit: number },
): Promise<(PageTitle & Pick<Page, "updated_by" | "revision">)[]> {
  let query = read
    .selectFrom("visible_pages")
    .select(["id", "title", "space_id", "updated_at", "updated_by", "revision"])
    .orderBy("updated_at", "desc")
    .orderBy("id")
    .limit(part.limit);
  if (part.spaceId !== undefined) query = query.where("space_id", "=", part.spaceId);
  return query.execute();
}

/** What a page is about, as far as the viewer can see it, in the order of names. */
export type PageTags = {
  customers: { id: string; key: string; name: string; short_name: string | null }[];
  products: { id: string; code: string; name: string }[];
  labels: string[];
};

/** The tags of a page whose newest revision is known: what that does not name is not asked about. */
export async function listTagsOf(read: Reader, page: Pick<Page, "id">, newest: Revision): Promise<PageTags> {
  const [customers, products] = await Promise.all([
    newest.customers === "[]" ? [] : taggedCustomers(read, { page: page.id }),
    newest.products === "[]" ? [] : taggedProducts(read, { page: page.id }),
  ]);
  return { customers, products, labels: parseIds(newest.labels) };
}

export async function listTags(read: Reader, page: Pick<Page, "id">): Promise<PageTags> {
  const [customers, products, labels] = await Promise.all([
    taggedCustomers(read, { page: page.id }),
    taggedProducts(read, { page: page.id }),
    read
      .selectFrom("visible_page_labels")
      .select("label")
      .where("page_id", "=", page.id)
      .orderBy("label_key")
      .execute(),
  ]);
  return { customers, products, labels: labels.map(({ label }) => label) };
}

const taggedCustomers = prepared((read: Reader, value: Slots<{ page: string }>) =>
  read
    .selectFrom("visible_page_customers as tag")
    .innerJoin("visible_customers as customer", "customer.id", "tag.customer_id")
    .select(["customer.id", "customer.key", "customer.name", "customer.short_name"])
    .where("tag.page_id", "=", value("page"))
    .orderBy("tag.tagged_at")
    .orderBy("customer.id"),
);

const taggedProducts = prepared((read: Reader, value: Slots<{ page: string }>) =>
  read
    .selectFrom("visible_page_products as tag")
    .innerJoin("visible_products as product", "product.id", "tag.product_id")
    .select(["product.id", "product.code", "product.name"])
    .where("tag.page_id", "=", value("page"))
    .orderBy("tag.tagged_at")
    .orderBy("product.id"),
);

/** Pages with a label, however it is written, last changed first. */
export const listLabelled = (read: Reader, label: string, limit: number): Promise<PageTitle[]> =>
  read
    .selectFrom("visible_page_labels as label")
    .innerJoin("visible_pages as page", "page.id", "label.page_id")
    .select(["page.id", "page.title", "page.space_id", "page.updated_at"])
    .where("label.label_key", "=", labelKey(label))
    .orderBy("page.updated_at", "desc")
    .orderBy("page.id")
    .limit(limit)
    .execute();
