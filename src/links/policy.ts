import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import { getContact } from "../contacts/queries.ts";
import { customerToEdit, type EditableCustomer } from "../customers/policy.ts";
import { getCustomer, getCustomerById } from "../customers/queries.ts";
import type { KnowledgeLink } from "../db/schema.ts";
import { getInteraction } from "../interactions/queries.ts";
import { type EditableProduct, productToEdit } from "../products/policy.ts";
import { getProduct } from "../products/queries.ts";

/** What a page is linked to, with the proof that the viewer may change it: a product, or a customer and what belongs to it. */
export type LinkTarget =
  | { kind: "customer"; customer: EditableCustomer }
  | { kind: "contact" | "interaction"; id: string; customer: EditableCustomer }
  | { kind: "product"; product: EditableProduct };

/**
 * @param target.id id, or the key of a customer, or the code of a product
 * @throws NotFound when the viewer cannot see it, Forbidden when they may not change it
 */
export async function targetToEdit(
  read: Reader,
  viewer: Viewer,
  target: { kind: KnowledgeLink["target_kind"]; id: string },
): Promise<LinkTarget> {
  if (target.kind === "product")
    return { kind: "product", product: productToEdit(viewer, await getProduct(read, target.id)) };
  if (target.kind === "customer")
    return { kind: "customer", customer: customerToEdit(viewer, await getCustomer(read, target.id)) };
  const child = await (target.kind === "contact" ? getContact : getInteraction)(read, target.id);
  return {
    kind: target.kind,
    id: child.id,
    customer: customerToEdit(viewer, await getCustomerById(read, child.customer_id)),
  };
}
