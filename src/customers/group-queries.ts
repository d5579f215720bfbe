import type { Reader } from "../access/reader.ts";
import { toCount } from "../db/portable.ts";
import type { Customer, Scope } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

/** A group of customers that the viewer manages. `name` is null for that of all customers, which exists from the start. */
export type Group = Pick<Scope, "id" | "name" | "department_id">;

/** The groups that the viewer manages, with how many customers are in each, the confidential ones left out. */
export async function listGroups(read: Reader): Promise<(Group & { customers: number })[]> {
  const groups = await read
    .selectFrom("managed_scopes")
    .select(["id", "name", "department_id"])
    .where("kind", "=", "customers")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const counts = await read
    .selectFrom("visible_customers")
    .select((eb) => ["scope_id", eb.fn.countAll().as("customers")])
    .groupBy("scope_id")
    .orderBy("scope_id")
    .execute();
  const byScope = new Map(counts.map((row) => [row.scope_id, toCount(row.customers)]));
  return groups.map((group) => ({ ...group, customers: byScope.get(group.id) ?? 0 }));
}

/** @throws NotFound for what is no group, or none that the viewer manages */
export async function getGroup(read: Reader, id: string): Promise<Group> {
  const group = await read
    .selectFrom("managed_scopes")
    .select(["id", "name", "department_id"])
    .where("kind", "=", "customers")
    .where("id", "=", id)
    .executeTakeFirst();
  if (!group) throw new NotFound();
  return group;
}

/** The confidential customers whose permissions the viewer manages. */
export const listConfidential = (read: Reader): Promise<Customer[]> =>
  read
    .selectFrom("visible_customers")
    .innerJoin("managed_scopes", "managed_scopes.id", "visible_customers.scope_id")
    .selectAll("visible_customers")
    .where("managed_scopes.kind", "=", "customer")
    .orderBy("visible_customers.name_key")
    .orderBy("visible_customers.id")
    .execute();

/** Customers in groups that the viewer manages, by name; confidential ones are in none. `q` is part of a name, its pinyin or a key. */
export async function listGrouped(
  read: Reader,
  { q, group, inside }: { q: string; group: Group; inside: boolean },
): Promise<Customer[]> {
  const customers = await read
    .selectFrom("visible_customers")
    .innerJoin("managed_scopes", "managed_scopes.id", "visible_customers.scope_id")
    .selectAll("visible_customers")
    .where("managed_scopes.kind", "=", "customers")
    .where("visible_customers.scope_id", inside ? "=" : "<>", group.id)
    .where("visible_customers.archived_at", "is", null)
    .orderBy("visible_customers.name_key")
    .orderBy("visible_customers.id")
    .execute();
  const part = q.toLowerCase();
  return customers.filter(({ name, short_name, name_pinyin, key }) =>
    [name, short_name ?? "", name_pinyin, key].some((text) => text.toLowerCase().includes(part)),
  );
}
