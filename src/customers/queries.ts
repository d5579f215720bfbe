import type { ExpressionBuilder } from "kysely";
import type { Reader } from "../access/reader.ts";
import type { World } from "../access/world.ts";
import { fold } from "../analyzer/analyze.ts";
import { fromCursor, toCursor } from "../db/cursor.ts";
import { contains, digitsOf, idFirst, startsWith, toCount } from "../db/portable.ts";
import type { Customer, ExternalId } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

export type CustomerFilter = {
  /** Part of a name or alias, pinyin or initials, key, or at least three digits of a phone number. */
  q?: string | undefined;
  tier?: string | undefined;
  /** Id of a person. */
  owner?: string | undefined;
  region?: string | undefined;
};
export type Paging = { limit: number; cursor?: string | undefined };
export type CustomerList = { items: Customer[]; total: number; nextCursor: string | null };

/** By id or else key. Of two visible customers with one key the older answers; the other keeps its id. */
export const findCustomer = (read: Reader, keyOrId: string): Promise<Customer | undefined> =>
  read
    .selectFrom("visible_customers")
    .selectAll()
    .where((eb) => eb.or([eb("key", "=", keyOrId), eb("id", "=", keyOrId)]))
    .orderBy((eb) => idFirst(eb.ref("id"), keyOrId))
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();

/** @throws NotFound */
export async function getCustomer(read: Reader, keyOrId: string): Promise<Customer> {
  const customer = await findCustomer(read, keyOrId);
  if (!customer) throw new NotFound();
  return customer;
}

/** The customer that a row of ours names: no key can stand in for it. @throws NotFound */
export async function getCustomerById(read: Reader, id: string): Promise<Customer> {
  const customer = (await listCustomersById(read, [id])).get(id);
  if (!customer) throw new NotFound();
  return customer;
}

/** Customers by their pinyin, archived ones left out; `total` counts all that match. */
export async function listCustomers(read: Reader, list: CustomerFilter & Paging): Promise<CustomerList> {
  const matching = read.selectFrom("visible_customers").where((eb) => matches(eb, list));
  const after = fromCursor(list.cursor, 2);
  const rows = await matching
    .selectAll()
    .$if(after !== undefined, (q) => q.where((eb) => comesAfter(eb, after ?? [])))
    .orderBy("name_pinyin")
    .orderBy("id")
    .limit(list.limit + 1)
    .execute();
  const { count } = await matching.select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  const items = rows.slice(0, list.limit);
  const last = items.at(-1);
  return {
    items,
    total: toCount(count),
    nextCursor: rows.length > list.limit && last ? toCursor([last.name_pinyin, last.id]) : null,
  };
}

/** Customers by id, for chips and lists that name them. */
export async function listCustomersById(read: Reader, ids: readonly string[]): Promise<Map<string, Customer>> {
  const rows = await read
    .selectFrom("visible_customers")
    .selectAll()
    .where("id", "in", ["", ...new Set(ids)])
    .orderBy("id")
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The id of a customer's parent that the viewer cannot see: it reads as none, so saying "none" does not take it away. */
export async function findHiddenParent(
  read: Reader,
  { parent_id }: Pick<Customer, "parent_id">,
): Promise<string | null> {
  const isHidden = parent_id !== null && !(await listCustomersById(read, [parent_id])).has(parent_id);
  return isHidden ? parent_id : null;
}

/** The ids of a customer in other systems. */
export const listExternalIds = (read: Reader, customer: Pick<Customer, "id">): Promise<ExternalId[]> =>
  read
    .selectFrom("visible_external_ids")
    .selectAll()
    .where("customer_id", "=", customer.id)
    .orderBy("system")
    .orderBy("object_type")
    .orderBy("external_id")
    .execute();

/** The distinct values of a column among visible customers, for filters and suggestions. */
export async function listCustomerValues(
  read: Reader,
  column: "tier" | "region" | "industry" | "segment",
): Promise<string[]> {
  const rows = await read
    .selectFrom("visible_customers")
    .select(column)
    .distinct()
    .where("archived_at", "is", null)
    .orderBy(column)
    .execute();
  return rows.flatMap((row) => (row[column] ? [row[column]] : []));
}

type Columns = ExpressionBuilder<World, "visible_customers">;

function comesAfter(eb: Columns, [name = "", id = ""]: string[]) {
  return eb.or([eb("name_pinyin", ">", name), eb.and([eb("name_pinyin", "=", name), eb("id", ">", id)])]);
}

function matches(eb: Columns, filter: CustomerFilter) {
  const words = fold(filter.q ?? "")
    .split(/\s+/)
    .filter((word) => word !== "");
  return eb.and([
    eb("archived_at", "is", null),
    ...words.map((word) => eb.or([named(eb, word), eb("key", "=", word), ...hasPhone(eb, word)])),
    ...(filter.tier ? [eb("tier", "=", filter.tier)] : []),
    ...(filter.owner ? [eb("owner_id", "=", filter.owner)] : []),
    ...(filter.region ? [eb("region", "=", filter.region)] : []),
  ]);
}

/** Pinyin and Latin names are found from the beginning of a key, Chinese characters anywhere. */
function named(eb: Columns, word: string) {
  const keys = eb.ref("name_pinyin");
  const inside = /\p{Script=Han}/u.test(word) || word.length >= 4 ? [contains(keys, word)] : [];
  return eb.or([startsWith(keys, word), contains(keys, ` ${word}`), ...inside]);
}

/** At least three digits of a phone number, of the customer or of one of its contacts. */
function hasPhone(eb: Columns, word: string) {
  const digits = word.replace(/[\s().+-]/g, "");
  if (!/^\d{3,}$/.test(digits)) return [];
  return [
    contains(digitsOf(eb.ref("phone")), digits),
    eb.exists(
      eb
        .selectFrom("visible_contacts")
        .select("visible_contacts.id")
        .whereRef("visible_contacts.customer_id", "=", "visible_customers.id")
        .where("visible_contacts.archived_at", "is", null)
        .where((contact) => contains(digitsOf(contact.ref("visible_contacts.mobile")), digits)),
    ),
  ];
}
