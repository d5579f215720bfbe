import type { Reader } from "../access/reader.ts";
import { masked } from "../contacts/mask.ts";
import { contactUrl, customerUrl, interactionUrl, productUrl } from "../customers/urls.ts";
import type { Contact, Customer, Interaction } from "../db/schema.ts";
import { pageUrl } from "../pages/links/queries.ts";
import type { Verified } from "../pages/verifying/state.ts";
import { spaceUrl } from "../spaces/urls.ts";
import {
  contactDocument,
  customerDocument,
  interactionDocument,
  type Kind,
  productDocument,
  textsIn,
} from "./documents.ts";
import { listPageTexts } from "./texts.ts";

/** A found row as results show it. `place` is its space or customer; `text` is what was searched. */
export type Row = {
  type: Kind;
  id: string;
  title: string;
  url: string;
  place: { name: string; url: string } | null;
  /** When it was last changed, or held. */
  at: string;
  /** Who changed it last, or spoke. */
  person: string | null;
  /** Who verified a page, and until when. */
  trust: (Verified & { verifier: string | null }) | null;
  /** What of a page may be told to customers. */
  say: string | null;
  /** How it was said, of interactions. */
  talk: (Pick<Interaction, "channel" | "direction"> & { person: string; contact: string | null }) | null;
  text: string;
  /** What snippets are cut from, where not all of the text is to be shown. */
  excerpt?: string;
};

/** The rows of one kind that the viewer can see, by id. */
export const listRows = async (read: Reader, kind: Kind, ids: readonly string[]): Promise<Map<string, Row>> =>
  new Map((ids.length === 0 ? [] : await LISTS[kind](read, ids)).map((row) => [row.id, row]));

const LISTS: Record<Kind, (read: Reader, ids: readonly string[]) => Promise<Row[]>> = {
  page: listPages,
  customer: listCustomers,
  product: listProducts,
  contact: listContacts,
  interaction: listInteractions,
};

const PLAIN = { place: null, person: null, trust: null, say: null, talk: null };

async function listPages(read: Reader, ids: readonly string[]): Promise<Row[]> {
  const texts = await listPageTexts(read, ids);
  const rows = await read
    .selectFrom("visible_pages as page")
    .innerJoin("visible_spaces as space", "space.id", "page.space_id")
    .innerJoin("people as person", "person.id", "page.updated_by")
    .leftJoin("people as verifier", "verifier.id", "page.verified_by")
    .select(["page.id", "page.title", "page.updated_at", "page.verified_at", "page.verified_by", "page.review_at"])
    .select(["space.name as space", "space.key", "person.name as person", "verifier.name as verifier"])
    .where("page.id", "in", ids)
    .orderBy("page.id")
    .execute();
  return rows.map((page) => ({
    ...PLAIN,
    type: "page",
    id: page.id,
    title: page.title,
    url: pageUrl(page),
    place: { name: page.space, url: spaceUrl(page) },
    at: page.updated_at,
    person: page.person,
    trust: page,
    say: sayable(texts.get(page.id)?.say ?? ""),
    text: texts.get(page.id)?.text ?? "",
  }));
}

/** A text that is longer is told from the page itself. */
const LONGEST_SAY = 1500;
const sayable = (say: string): string | null => (say === "" || say.length > LONGEST_SAY ? null : say);

async function listCustomers(read: Reader, ids: readonly string[]): Promise<Row[]> {
  const rows = await read.selectFrom("visible_customers").selectAll().where("id", "in", ids).orderBy("id").execute();
  return rows.map((customer) => {
    const { tags, body } = customerDocument(customer);
    const { short_name, industry, region, phone } = customer;
    return {
      ...PLAIN,
      type: "customer",
      id: customer.id,
      title: customer.name,
      url: customerUrl(customer),
      at: customer.updated_at,
      text: [...tags, body].join("\n"),
      excerpt: inOneLine([short_name, ...textsIn(customer.aliases), industry, region, phone]),
    };
  });
}

async function listProducts(read: Reader, ids: readonly string[]): Promise<Row[]> {
  const rows = await read.selectFrom("visible_products").selectAll().where("id", "in", ids).orderBy("id").execute();
  return rows.map((product) => {
    const { tags, body } = productDocument(product);
    return {
      ...PLAIN,
      type: "product",
      id: product.id,
      title: product.name,
      url: productUrl(product),
      at: product.updated_at,
      text: [...tags, body].join("\n"),
      excerpt: inOneLine([product.code, product.category, ...textsIn(product.aliases), product.description]),
    };
  });
}

const inOneLine = (parts: readonly (string | null)[]): string => parts.filter(Boolean).join(" · ");

const CUSTOMER = ["customer.key", "customer.name as customer", "customer.short_name", "customer.scope_id"] as const;
const placeOf = (row: Pick<Customer, "key" | "short_name"> & { customer: string }) => ({
  name: row.short_name ?? row.customer,
  url: customerUrl(row),
});

async function listContacts(read: Reader, ids: readonly string[]): Promise<Row[]> {
  const rows = await read
    .selectFrom("visible_contacts as contact")
    .innerJoin("visible_customers as customer", "customer.id", "contact.customer_id")
    .selectAll("contact")
    .select(CUSTOMER)
    .where("contact.id", "in", ids)
    .orderBy("contact.id")
    .execute();
  return rows.map((row) => ({
    ...PLAIN,
    type: "contact",
    id: row.id,
    title: row.name,
    url: contactUrl(row),
    place: placeOf(row),
    at: row.updated_at,
    text: contactDocument(row, row).body,
    excerpt: excerptOf(masked(row)),
  }));
}

const excerptOf = ({ title, role, mobile, email, wechat, note }: Contact): string =>
  [title, role, mobile, email, wechat, note].filter(Boolean).join("\n");

async function listInteractions(read: Reader, ids: readonly string[]): Promise<Row[]> {
  const rows = await read
    .selectFrom("visible_interactions as said")
    .innerJoin("visible_customers as customer", "customer.id", "said.customer_id")
    .innerJoin("people as person", "person.id", "said.person_id")
    .leftJoin("visible_contacts as contact", "contact.id", "said.contact_id")
    .select(["said.id", "said.at", "said.words", "said.outcome", "said.channel", "said.direction"])
    .select(["person.name as person", "contact.name as contact"])
    .select(CUSTOMER)
    .where("said.id", "in", ids)
    .orderBy("said.id")
    .execute();
  return rows.map((row) => ({
    ...PLAIN,
    type: "interaction",
    id: row.id,
    title: row.short_name ?? row.customer,
    url: interactionUrl(row),
    place: placeOf(row),
    at: row.at,
    person: row.person,
    talk: { channel: row.channel, direction: row.direction, person: row.person, contact: row.contact },
    text: interactionDocument(row, row).body,
  }));
}
