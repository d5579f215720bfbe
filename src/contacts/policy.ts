import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import { customerToEdit, customerToManage, type EditableCustomer, type ManagedCustomer } from "../customers/policy.ts";
import { getCustomerById } from "../customers/queries.ts";
import type { Contact } from "../db/schema.ts";
import { NotFound } from "../errors.ts";
import { getContact } from "./queries.ts";

/** @throws NotFound, also for one that was erased; Forbidden when the viewer may not change the customer */
export async function contactToEdit(
  read: Reader,
  viewer: Viewer,
  id: string,
): Promise<{ contact: Contact; customer: EditableCustomer }> {
  const contact = await getContact(read, id);
  const customer = customerToEdit(viewer, await getCustomerById(read, contact.customer_id));
  if (contact.erased_at !== null) throw new NotFound();
  return { contact, customer };
}

/** @throws NotFound, also for one that was erased; Forbidden when the viewer does not manage the customer */
export async function contactToErase(
  read: Reader,
  viewer: Viewer,
  id: string,
): Promise<{ contact: Contact; customer: ManagedCustomer }> {
  const contact = await getContact(read, id);
  const customer = customerToManage(viewer, await getCustomerById(read, contact.customer_id));
  if (contact.erased_at !== null) throw new NotFound();
  return { contact, customer };
}
