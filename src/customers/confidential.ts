import {
  createScope,
  findParentScope,
  getEntries,
  type Permissions,
  removeScope,
  replaceEntries,
} from "../access/entries.ts";
import { type Allowed, allow } from "../access/grant.ts";
import { customerScope } from "../access/scope-names.ts";
import type { Tx } from "../access/transaction.ts";
import type { Customer } from "../db/schema.ts";
import { NotFound } from "../errors.ts";
import { record } from "../events/record.ts";
import type { Ref } from "../search/documents.ts";
import { moveDocs } from "../search/index.ts";
import { customerToManage, isConfidential } from "./policy.ts";

/**
 * Gives a customer, with its contacts and all that was said, permissions of its own below those it had.
 * @param to.restricted whether what others may do with the customers around it no longer counts here
 * @returns the customer in its own scope
 * @throws Invalid as replaceEntries
 */
export async function makeConfidential(
  tx: Tx,
  customer: Allowed<Customer, "manage">,
  to: Permissions,
): Promise<Customer> {
  const moved = isConfidential(customer) ? customer : { ...customer, scope_id: await ownScope(tx, customer) };
  if (moved.scope_id !== customer.scope_id) await moveTo(tx, moved);
  await replaceEntries(tx, customerToManage(tx.viewer, moved), to);
  await record(tx, { kind: "customer.confidential", subject: { kind: "customer", id: customer.id } });
  return moved;
}

/**
 * Puts a confidential customer back among those it was taken from. @returns the customer there
 * @throws NotFound when it is not confidential; Forbidden when the viewer may not edit there
 */
export async function endConfidence(tx: Tx, customer: Allowed<Customer, "manage">): Promise<Customer> {
  const above = isConfidential(customer) ? await findParentScope(tx, customer) : undefined;
  if (!above) throw new NotFound();
  const moved = { ...customer, ...allow(tx.viewer, above, "edit") };
  const before = await getEntries(tx, customer);
  await moveTo(tx, moved);
  await removeScope(tx, customer);
  const payload = { customer: customer.id, before, after: null };
  await record(tx, { kind: "permissions.changed", subject: { kind: "scope", id: above.scope_id }, payload });
  await record(tx, { kind: "customer.opened", subject: { kind: "customer", id: customer.id } });
  return moved;
}

const ownScope = (tx: Tx, customer: Customer): Promise<string> =>
  createScope(tx, {
    id: customerScope(tx.newId()),
    kind: "customer",
    parent_id: customer.scope_id,
    name: customer.name,
  });

/** Hangs a customer, with its contacts and all that was said, into another scope. */
export async function moveTo(tx: Tx, { id, scope_id }: Pick<Customer, "id" | "scope_id">): Promise<void> {
  const docs: Ref[] = [
    { kind: "customer", refId: id },
    ...(await listIds(tx, "visible_contacts", id)).map((refId) => ({ kind: "contact" as const, refId })),
    ...(await listIds(tx, "visible_interactions", id)).map((refId) => ({ kind: "interaction" as const, refId })),
  ];
  await tx.updateTable("customers").set({ scope_id }).where("id", "=", id).execute();
  await moveDocs(tx, docs, scope_id);
}

async function listIds(
  tx: Tx,
  table: "visible_contacts" | "visible_interactions",
  customer: string,
): Promise<string[]> {
  const rows = await tx.read.selectFrom(table).select("id").where("customer_id", "=", customer).orderBy("id").execute();
  return rows.map((row) => row.id);
}
