import type { Reader } from "../../access/reader.ts";
import type { Customer } from "../../db/schema.ts";
import { findCustomer } from "../queries.ts";
import type { PageItem, Reason, Told, ToldItem } from "./item.ts";
import { listAboutOthers } from "./others.ts";

/** What ties pages to a customer: page id → reasons, in the order in which they matter. */
type Ties = Map<string, Reason[]>;

/** The pages of a customer's world, and each telling of one as an item of its own; last changed and last told first. */
export async function listPagesOfWorld(
  read: Reader,
  customer: Customer,
): Promise<{ pages: PageItem[]; told: ToldItem[] }> {
  const links = await listLinked(read, customer);
  const ties: Ties = new Map();
  for (const link of links) addTie(ties, link.page_id, link.reason);
  for (const tag of await listTagged(read, customer)) addTie(ties, tag.page_id, tag.reason);
  for (const owned of await listOfOwned(read, customer)) addTie(ties, owned.page_id, owned.reason);
  for (const page_id of await listNaming(read, customer)) addTie(ties, page_id, { why: "named" });
  await dropOthers(read, customer, ties);
  const pages = await listPages(read, ties);
  return { pages, told: links.flatMap((link) => toldItem(link)) };
}

function addTie(ties: Ties, page: string, reason: Reason): void {
  const reasons = ties.get(page);
  if (reasons) reasons.push(reason);
  else ties.set(page, [reason]);
}

/** A page about other customers does not come to this one merely because it owns the same product. */
async function dropOthers(read: Reader, customer: Customer, ties: Ties): Promise<void> {
  const byProduct = [...ties].filter(([, reasons]) => reasons.every(({ why }) => why === "owns")).map(([page]) => page);
  for (const page of await listAboutOthers(read, customer, byProduct)) ties.delete(page);
}

async function listTagged(read: Reader, customer: Customer): Promise<{ page_id: string; reason: Reason }[]> {
  const rows = await read
    .selectFrom("visible_page_customers as tag")
    .innerJoin("people", "people.id", "tag.tagged_by")
    .select(["tag.page_id", "tag.tagged_at as at", "people.name as person"])
    .where("tag.customer_id", "=", customer.id)
    .orderBy("tag.tagged_at")
    .orderBy("tag.page_id")
    .execute();
  return rows.map(({ page_id, ...tag }) => ({ page_id, reason: { why: "tagged", ...tag } }));
}

async function listOfOwned(read: Reader, customer: Customer): Promise<{ page_id: string; reason: Reason }[]> {
  const owned = read
    .selectFrom("visible_owned_products as owned")
    .innerJoin("visible_products as product", "product.id", "owned.product_id")
    .where("owned.customer_id", "=", customer.id);
  const [tagged, linked] = await Promise.all([
    owned
      .innerJoin("visible_page_products as tag", "tag.product_id", "product.id")
      .select(["tag.page_id", "product.code", "product.name"])
      .distinct()
      .orderBy("product.code")
      .orderBy("tag.page_id")
      .execute(),
    owned
      .innerJoin("visible_knowledge_links as link", "link.target_id", "product.id")
      .select(["link.page_id", "product.code", "product.name"])
      .distinct()
      .where("link.target_kind", "=", "product")
      .orderBy("product.code")
      .orderBy("link.page_id")
      .execute(),
  ]);
  const distinct = new Map([...tagged, ...linked].map((row) => [`${row.page_id} ${row.code}`, row]));
  return [...distinct.values()].map(({ page_id, ...product }) => ({ page_id, reason: { why: "owns", ...product } }));
}

/** Pages whose text names the customer: by id, or by its key as far as that means this customer and not an older one. */
async function listNaming(read: Reader, customer: Customer): Promise<string[]> {
  const meant = (await findCustomer(read, customer.key))?.id === customer.id;
  const rows = await read
    .selectFrom("visible_links")
    .select("page_id")
    .distinct()
    .where("kind", "=", "customer")
    .where("target", "in", [customer.id, ...(meant ? [customer.key] : [])])
    .orderBy("page_id")
    .execute();
  return rows.map((row) => row.page_id);
}

type Linked = { page_id: string; title: string; reason: Exclude<Reason, { why: "tagged" | "owns" | "named" }> };

async function listLinked(read: Reader, customer: Customer): Promise<Linked[]> {
  const rows = await read
    .selectFrom("visible_knowledge_links as link")
    .innerJoin("visible_pages as page", "page.id", "link.page_id")
    .innerJoin("visible_revisions as said", (join) =>
      join.onRef("said.page_id", "=", "link.page_id").onRef("said.n", "=", "link.revision"),
    )
    .innerJoin("visible_revisions as now", (join) =>
      join.onRef("now.page_id", "=", "page.id").onRef("now.n", "=", "page.revision"),
    )
    .innerJoin("people", "people.id", "link.created_by")
    .leftJoin("visible_contacts as contact", "contact.id", "link.target_id")
    .select(["link.id as link", "link.page_id", "link.relation", "link.revision", "link.created_at as at"])
    .select(["people.name as person", "contact.name as contact", "page.title"])
    .select(["said.rendering as said", "now.rendering as now"])
    .where("link.customer_id", "=", customer.id)
    .orderBy("link.created_at", "desc")
    .orderBy("link.id")
    .execute();
  return rows.map(({ page_id, title, relation, said, now, contact, revision, ...link }) => ({
    page_id,
    title,
    reason:
      relation === "told" || relation === "sent"
        ? { why: "told", relation, revision, old: said !== now, contact, ...link }
        : { why: "linked", relation, ...link },
  }));
}

const toldItem = ({ page_id, title, reason }: Linked): ToldItem[] =>
  reason.why === "told"
    ? [{ kind: "told", id: reason.link, title, at: reason.at, reasons: [reason], page: page_id }]
    : [];

/** The last telling of a page counts: who was told the new text no longer holds the old one. */
export const lastTold = (item: Pick<PageItem, "reasons">): Told | undefined =>
  item.reasons.find((reason): reason is Told => reason.why === "told");

const AT_ONCE = 500;

async function listPages(read: Reader, ties: Ties): Promise<PageItem[]> {
  const ids = [...ties.keys()];
  const found: PageItem[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE)
    found.push(...(await loadPages(read, ids.slice(from, from + AT_ONCE), ties)));
  return found.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1));
}

async function loadPages(read: Reader, ids: string[], ties: Ties): Promise<PageItem[]> {
  const rows = await read
    .selectFrom("visible_pages as page")
    .innerJoin("visible_revisions as now", (join) =>
      join.onRef("now.page_id", "=", "page.id").onRef("now.n", "=", "page.revision"),
    )
    .innerJoin("visible_spaces as space", "space.id", "page.space_id")
    .innerJoin("people", "people.id", "page.updated_by")
    .leftJoin("people as verifier", "verifier.id", "page.verified_by")
    .select(["page.id", "page.title", "page.updated_at as at", "page.revision", "now.rendering"])
    .select(["page.verified_at", "page.verified_by", "page.review_at", "verifier.name as verifier"])
    .select(["space.name as space", "people.name as person"])
    .where("page.id", "in", ids)
    .orderBy("page.id")
    .execute();
  return rows.map((page) => ({ ...page, kind: "page", reasons: ties.get(page.id) ?? [] }));
}
