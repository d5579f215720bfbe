import { createScope, type Entry, replaceEntries } from "../access/entries.ts";
import type { Allowed } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import type { Customer } from "../db/schema.ts";
import { record } from "../events/record.ts";
import { CUSTOMERS_SCOPE } from "../people/setup.ts";
import type { Ref } from "../search/documents.ts";
import { moveDocs } from "../search/index.ts";
import { customerToManage } from "./policy.ts";

/**
 * Gives a customer, with its contacts and all that was said, permissions of its own below those of all customers.
 * @param to.restricted whether what everybody may do with customers no longer counts here
 * @returns the customer in its own scope
 * @throws Invalid as replaceEntries
 */
export async function makeConfidential(
  tx: Tx,
  customer: Allowed<Customer, "manage">,
  to: { entries: Entry[]; restricted: boolean },
): Promise<Customer> {
  const own = customer.scope_id !== CUSTOMERS_SCOPE;
  const scope_id = own
    ? customer.scope_id
    : await createScope(tx, { kind: "customer", parent_id: CUSTOMERS_SCOPE, name: customer.name });
  const moved = { ...customer, scope_id };
  if (!own) await moveTo(tx, moved);
  await replaceEntries(tx, customerToManage(tx.viewer, moved), to);
  await record(tx, { kind: "customer.confidential", subject: { kind: "customer", id: customer.id } });
  return moved;
}

/** Puts a confidential customer back among all customers. @returns the customer there */
export async function endConfidence(tx: Tx, customer: Allowed<Customer, "manage">): Promise<Customer> {
  const moved = { ...customer, scope_id: CUSTOMERS_SCOPE };
  await moveTo(tx, moved);
  await record(tx, { kind: "customer.opened", subject: { kind: "customer", id: customer.id } });
  return moved;
}

async function moveTo(tx: Tx, { id, scope_id }: Pick<Customer, "id" | "scope_id">): Promise<void> {
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
