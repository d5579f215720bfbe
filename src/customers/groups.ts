import { createScope, type Entry, replaceEntries } from "../access/entries.ts";
import { type Allowed, allow } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import type { Customer } from "../db/schema.ts";
import { Conflict } from "../errors.ts";
import { record } from "../events/record.ts";
import type { Managed } from "../spaces/policy.ts";
import { moveTo } from "./confidential.ts";
import { isConfidential } from "./policy.ts";

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

/** Calls a group something else. */
export async function renameCustomerGroup(
  tx: Tx,
  { scope_id }: Allowed<CustomerGroup, "manage">,
  name: string,
): Promise<void> {
  await tx.updateTable("scopes").set({ name }).where("id", "=", scope_id).execute();
  await record(tx, { kind: "customer_group.renamed", subject: { kind: "scope", id: scope_id }, payload: { name } });
}

/**
 * Puts a customer into a group, where the permissions of the group count instead of those it had.
 * @throws Conflict for a confidential customer, which has permissions of its own
 */
export async function moveToGroup(
  tx: Tx,
  customer: Allowed<Customer, "manage">,
  group: Allowed<CustomerGroup, "manage">,
): Promise<void> {
  if (isConfidential(customer)) throw new Conflict("A confidential customer is in no group.");
  await moveTo(tx, { id: customer.id, scope_id: group.scope_id });
  await record(tx, { kind: "customer.grouped", subject: { kind: "customer", id: customer.id } });
  const payload = { moved: customer.id, from: customer.scope_id };
  await record(tx, { kind: "permissions.changed", subject: { kind: "scope", id: group.scope_id }, payload });
}
