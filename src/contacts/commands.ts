import type { Tx } from "../access/transaction.ts";
import { nameKeys } from "../analyzer/pinyin.ts";
import type { EditableCustomer } from "../customers/policy.ts";
import type { Contact } from "../db/schema.ts";
import { NotFound } from "../errors.ts";
import { record } from "../events/record.ts";
import { contactDocument } from "../search/documents.ts";
import { index, unindex } from "../search/index.ts";
import { recordPreference } from "./consents/commands.ts";
import { withoutMasks } from "./mask.ts";

/** `title` is what the card says (采购经理), `role` the part played with us (关键决策人). */
export type ContactDraft = { name: string } & Partial<
  Pick<Contact, "title" | "role" | "email" | "mobile" | "wechat" | "preferred_channel" | "note">
>;

/** @throws Invalid when a masked value is given */
export async function addContact(tx: Tx, customer: EditableCustomer, draft: ContactDraft): Promise<Contact> {
  const contact: Contact = {
    title: null,
    role: null,
    email: null,
    mobile: null,
    wechat: null,
    preferred_channel: null,
    note: null,
    ...withoutMasks(draft),
    id: tx.newId(),
    customer_id: customer.id,
    name_pinyin: nameKeys([draft.name], "person"),
    created_at: tx.now,
    created_by: tx.viewer.id,
    updated_at: tx.now,
    archived_at: null,
    erased_at: null,
  };
  await tx.insertInto("contacts").values(contact).execute();
  await index(tx, contactDocument(contact, customer));
  await record(tx, happened("added", contact));
  if (contact.preferred_channel) await recordPreference(tx, contact);
  return contact;
}

/** @throws NotFound when the contact is not one of this customer, or was erased; Invalid as withoutMasks */
export async function changeContact(
  tx: Tx,
  customer: EditableCustomer,
  { contact, changes }: { contact: Contact; changes: Partial<ContactDraft> },
): Promise<Contact> {
  refuseStranger(customer, contact);
  const name_pinyin = nameKeys([changes.name ?? contact.name], "person");
  const changed: Contact = { ...contact, ...withoutMasks(changes, contact), name_pinyin, updated_at: tx.now };
  await tx.updateTable("contacts").set(changed).where("id", "=", contact.id).execute();
  if (changed.archived_at === null) await index(tx, contactDocument(changed, customer));
  await record(tx, happened("changed", contact));
  if (changed.preferred_channel !== contact.preferred_channel) await recordPreference(tx, changed);
  return changed;
}

/** Someone who has left: lists leave them out, what was said with them stays. @throws NotFound as changeContact */
export async function archiveContact(tx: Tx, customer: EditableCustomer, contact: Contact): Promise<void> {
  refuseStranger(customer, contact);
  await tx.updateTable("contacts").set({ archived_at: tx.now }).where("id", "=", contact.id).execute();
  await unindex(tx, { kind: "contact", refId: contact.id });
  await record(tx, happened("archived", contact));
}

const happened = (what: string, contact: Contact) => ({
  kind: `contact.${what}`,
  subject: { kind: "contact", id: contact.id },
  payload: { customer: contact.customer_id },
});

function refuseStranger(customer: EditableCustomer, contact: Contact): void {
  if (contact.customer_id !== customer.id || contact.erased_at !== null) throw new NotFound();
}
