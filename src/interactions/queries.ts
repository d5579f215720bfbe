import type { Reader } from "../access/reader.ts";
import { fromCursor, toCursor } from "../db/cursor.ts";
import { toCount } from "../db/portable.ts";
import type { Contact, Customer, Interaction, Person, Product } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

export const findInteraction = (read: Reader, id: string): Promise<Interaction | undefined> =>
  read.selectFrom("visible_interactions").selectAll().where("id", "=", id).executeTakeFirst();

/** @throws NotFound */
export async function getInteraction(read: Reader, id: string): Promise<Interaction> {
  const interaction = await findInteraction(read, id);
  if (!interaction) throw new NotFound();
  return interaction;
}

/** What was said with a customer, or about a product, newest first. */
export const listInteractions = (
  read: Reader,
  of: { customer?: Pick<Customer, "id">; product?: Pick<Product, "id">; channel?: string | undefined; limit: number },
): Promise<Interaction[]> =>
  read
    .selectFrom("visible_interactions")
    .selectAll()
    .where((eb) =>
      eb.and([
        ...(of.customer ? [eb("customer_id", "=", of.customer.id)] : []),
        ...(of.product ? [eb("product_id", "=", of.product.id)] : []),
        ...(of.channel ? [eb("channel", "=", of.channel)] : []),
      ]),
    )
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(of.limit)
    .execute();

/** What was said, with the names of all who and what it was about; the product as far as the viewer can see it. */
export type Said = Interaction & {
  customer: Pick<Customer, "key" | "name">;
  person: string;
  contact: string | null;
  product: Pick<Product, "code" | "name"> | null;
};

type About =
  | { customer: Pick<Customer, "id">; channel?: string }
  | { product: Pick<Product, "id"> }
  | { contact: Pick<Contact, "id" | "customer_id"> };

/** What was said with a customer or a contact, or about a product, newest first; `total` counts all of it. */
export async function listSaid(
  read: Reader,
  about: About,
  part: { limit: number; cursor?: string | undefined },
): Promise<{ items: Said[]; total: number; nextCursor: string | null }> {
  const said = saidIn(read).where((eb) => eb.and(conditionsOf(about)));
  const [at = "", id = ""] = fromCursor(part.cursor, 2) ?? [];
  const rows = await withNames(said)
    .$if(at !== "", (q) =>
      q.where((eb) => eb.or([eb("said.at", "<", at), eb.and([eb("said.at", "=", at), eb("said.id", ">", id)])])),
    )
    .orderBy("said.at", "desc")
    .orderBy("said.id")
    .limit(part.limit + 1)
    .execute();
  const { count } = await said.select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  const items = rows.slice(0, part.limit).map(nest);
  const last = items.at(-1);
  const nextCursor = last && rows.length > part.limit ? toCursor([last.at, last.id]) : null;
  return { items, total: toCount(count), nextCursor };
}

/** @throws NotFound */
export async function getSaid(read: Reader, id: string): Promise<Said> {
  const row = await withNames(saidIn(read).where("said.id", "=", id)).executeTakeFirst();
  if (!row) throw new NotFound();
  return nest(row);
}

/** The channels by which we spoke with a customer, the most used first. */
export async function listChannels(
  read: Reader,
  customer: Pick<Customer, "id">,
): Promise<{ channel: string; count: number }[]> {
  const rows = await read
    .selectFrom("visible_interactions")
    .select((eb) => ["channel", eb.fn.countAll().as("count")])
    .where("customer_id", "=", customer.id)
    .groupBy("channel")
    .orderBy("channel")
    .execute();
  return rows.map((row) => ({ ...row, count: toCount(row.count) })).sort((a, b) => b.count - a.count);
}

/** Ids of the customers a colleague spoke with last, the latest first. */
export async function listRecentCustomers(read: Reader, person: Pick<Person, "id">): Promise<string[]> {
  const rows = await read
    .selectFrom("visible_interactions")
    .select("customer_id")
    .where("person_id", "=", person.id)
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(LOOKED_BACK)
    .execute();
  return [...new Set(rows.map((row) => row.customer_id))];
}

const LOOKED_BACK = 50;

function conditionsOf(about: About): Record<string, string> {
  if ("product" in about) return { "said.product_id": about.product.id };
  if ("contact" in about) return { "said.customer_id": about.contact.customer_id, "said.contact_id": about.contact.id };
  const channel = about.channel ? { "said.channel": about.channel } : {};
  return { "said.customer_id": about.customer.id, ...channel };
}

const saidIn = (read: Reader) => read.selectFrom("visible_interactions as said");

const withNames = (said: ReturnType<typeof saidIn>) =>
  said
    .innerJoin("visible_customers as customer", "customer.id", "said.customer_id")
    .innerJoin("people as person", "person.id", "said.person_id")
    .leftJoin("visible_contacts as contact", "contact.id", "said.contact_id")
    .leftJoin("visible_products as product", "product.id", "said.product_id")
    .selectAll("said")
    .select(["customer.key as customer_key", "customer.name as customer_name", "person.name as person"])
    .select(["contact.name as contact", "product.code as product_code", "product.name as product_name"]);

type Row = Awaited<ReturnType<ReturnType<typeof withNames>["executeTakeFirstOrThrow"]>>;

const nest = ({ customer_key, customer_name, product_code, product_name, ...said }: Row): Said => ({
  ...said,
  customer: { key: customer_key, name: customer_name },
  product: product_code === null || product_name === null ? null : { code: product_code, name: product_name },
});
