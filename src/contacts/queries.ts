import type { Reader } from "../access/reader.ts";
import type { Contact, Customer } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

export const findContact = (read: Reader, id: string): Promise<Contact | undefined> =>
  read.selectFrom("visible_contacts").selectAll().where("id", "=", id).executeTakeFirst();

/** @throws NotFound */
export async function getContact(read: Reader, id: string): Promise<Contact> {
  const contact = await findContact(read, id);
  if (!contact) throw new NotFound();
  return contact;
}

/** The people of a customer in the order in which they were added, archived ones left out. */
export const listContacts = (read: Reader, customer: Pick<Customer, "id">): Promise<Contact[]> =>
  read
    .selectFrom("visible_contacts")
    .selectAll()
    .where("customer_id", "=", customer.id)
    .where("archived_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
