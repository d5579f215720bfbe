import { createScope, type Entry, replaceEntries } from "../access/entries.ts";
import { type Allowed, allow } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import type { Customer } from "../db/schema.ts";
import { record } from "../events/record.ts";
import type { Managed } from "../spaces/policy.ts";
import { moveTo } from "./confidential.ts";

/** A group of customers with permissions of its own, e.g. those of one region. `scope_id` is where its customers hang. */
export type CustomerGroup = { scope_id: string };

/** Opens a group of customers that a department owns; `entries` say who may do what with them. */
export async function createCustomerGroup(
  tx: Tx,
  department: Managed,
  group: { name: string; entries: Entry[] },
): Promise<Allowed<CustomerGroup, "manage">> {
  const scope_id = await createScope(tx, { kind: "customers", department_id: department.id, name: group.name });
  const managed = allow(tx.viewer, { scope_id }, "manage");
  await replaceEntries(tx, managed, { entries: group.entries, restricted: false });
  await record(tx, { kind: "customer_group.created", subject: { kind: "scope", id: scope_id } });
  return managed;
}

/** Puts a customer into a group, where the permissions of the group count instead of those it had. */
export async function moveToGroup(
  tx: Tx,
  customer: Allowed<Customer, "manage">,
  group: Allowed<CustomerGroup, "manage">,
): Promise<void> {
  await moveTo(tx, { id: customer.id, scope_id: group.scope_id });
  await record(tx, { kind: "customer.grouped", subject: { kind: "customer", id: customer.id } });
}
