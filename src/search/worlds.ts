import type { Reader } from "../access/reader.ts";
import type { Query } from "../analyzer/query.ts";
import { companyKey } from "../customers/names.ts";
import type { PageItem } from "../customers/world/item.ts";
import { listPagesOfWorld } from "../customers/world/pages.ts";
import type { Customer } from "../db/schema.ts";

/** What `customer:` stands for: the customers so named, and the pages of their worlds with the reasons. */
export type CustomerWorld = { customers: Customer[]; pages: PageItem[] };
export type Worlds = ReadonlyMap<string, CustomerWorld>;

export const NOWHERE: CustomerWorld = { customers: [], pages: [] };

/** The worlds of all customers a query names, by the word that names them. */
export async function listWorlds(read: Reader, query: Query): Promise<Worlds> {
  const named = new Set(query.filters.filter(({ field }) => field === "customer").map(({ value }) => value));
  return new Map(await Promise.all([...named].map(async (name) => [name, await worldOf(read, name)] as const)));
}

async function worldOf(read: Reader, name: string): Promise<CustomerWorld> {
  const customers = await listCustomersNamed(read, name);
  const worlds = await Promise.all(customers.map((customer) => listPagesOfWorld(read, customer)));
  return { customers, pages: worlds.flatMap(({ pages }) => pages) };
}

/** By id, key or any of their names; 繁 and 简, with and without 有限公司. */
const listCustomersNamed = (read: Reader, name: string): Promise<Customer[]> =>
  read
    .selectFrom("visible_customers")
    .selectAll()
    .where((eb) =>
      eb.or([
        eb("id", "=", name),
        eb("key", "=", name),
        eb("name", "=", name),
        eb("short_name", "=", name),
        eb("name_key", "=", companyKey(name)),
      ]),
    )
    .orderBy("created_at")
    .orderBy("id")
    .limit(MOST_CUSTOMERS)
    .execute();

const MOST_CUSTOMERS = 10;
