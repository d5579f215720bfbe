import type { Tx } from "../../access/transaction.ts";
import type { OwnedProduct, Product } from "../../db/schema.ts";
import { NotFound } from "../../errors.ts";
import { record } from "../../events/record.ts";
import type { EditableCustomer } from "../policy.ts";

/** `since` and `until` are days: `2026-11-19`. Without `id` it is one more: a customer may own a product several times. */
export type OwnedDraft = { product: Pick<Product, "id">; id?: string } & Partial<
  Pick<OwnedProduct, "quantity" | "version" | "serial" | "since" | "until" | "note">
>;

const NOTHING_GIVEN = { quantity: 1, version: null, serial: null, since: null, until: null, note: null };

/**
 * Says what a customer owns: adds it, or with `id` changes what was said before; what is left out stays as it is.
 * @param draft.product a product the viewer can see
 * @throws NotFound when `id` is nothing of this customer
 */
export async function setOwnedProduct(tx: Tx, customer: EditableCustomer, draft: OwnedDraft): Promise<OwnedProduct> {
  const { product, id, ...given } = draft;
  const before = id === undefined ? undefined : await getOwn(tx, customer, id);
  const owned: OwnedProduct = {
    ...(before ?? NOTHING_GIVEN),
    ...given,
    id: before?.id ?? tx.newId(),
    customer_id: customer.id,
    product_id: product.id,
    created_at: before?.created_at ?? tx.now,
    created_by: before?.created_by ?? tx.viewer.id,
    updated_at: tx.now,
  };
  if (before) await tx.updateTable("owned_products").set(owned).where("id", "=", owned.id).execute();
  else await tx.insertInto("owned_products").values(owned).execute();
  await record(tx, happened("set", customer, owned));
  return owned;
}

/** @throws NotFound when it is nothing of this customer */
export async function removeOwnedProduct(tx: Tx, customer: EditableCustomer, id: string): Promise<void> {
  const owned = await getOwn(tx, customer, id);
  await tx.deleteFrom("owned_products").where("id", "=", owned.id).execute();
  await record(tx, happened("removed", customer, owned));
}

const happened = (what: string, customer: EditableCustomer, owned: OwnedProduct) => ({
  kind: `owned_product.${what}`,
  subject: { kind: "customer", id: customer.id },
  payload: { product: owned.product_id },
});

async function getOwn(tx: Tx, customer: EditableCustomer, id: string): Promise<OwnedProduct> {
  const owned = await tx.read
    .selectFrom("visible_owned_products")
    .selectAll()
    .where("id", "=", id)
    .where("customer_id", "=", customer.id)
    .executeTakeFirst();
  if (!owned) throw new NotFound();
  return owned;
}
