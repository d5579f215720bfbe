import type { Reader } from "../../access/reader.ts";
import { addContact, type ContactDraft, changeContact } from "../../contacts/commands.ts";
import type { Contact, Customer } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { findErasure } from "../../privacy/erase/digests.ts";
import type { Row } from "../csv/read.ts";
import { listPeopleOf } from "./lookups.ts";
import { customerOf, differences, type Save } from "./saving.ts";

/** Takes over one contact of a customer: the one with the same mail address, mobile number, WeChat id or name. */
export const saveContact: Save = async (saving) => {
  const { tx, row } = saving;
  const customer = await customerOf(saving);
  const url = `/c/${encodeURIComponent(customer.key)}`;
  const given = fieldsOf(row);
  const contact = findSame(await listPeopleOf(tx.read, customer), given);
  await refuseErased(tx.read, customer, { contact: given, byName: !contact });
  if (!contact) {
    await addContact(tx, customer, given);
    return { outcome: "made", url };
  }
  const changes = differences(contact, given);
  if (Object.keys(changes).length === 0) return { outcome: "unchanged", url };
  await changeContact(tx, customer, { contact, changes });
  return { outcome: "changed", url };
};

/** An import brings nobody back who was erased on request. @throws Invalid */
const refuseErased = async (read: Reader, customer: Customer, known: Parameters<typeof findErasure>[2]) => {
  const erasure = await findErasure(read, customer, known);
  if (erasure) throw new Invalid({ name: ["imports.erased", { day: erasure.at.slice(0, 10) }] });
};

const fieldsOf = ({ values }: Row): ContactDraft => ({
  name: nameOf(values),
  ...(values.title && { title: values.title }),
  ...(values.role && { role: values.role }),
  ...(values.email && { email: values.email.toLowerCase() }),
  ...(values.mobile && { mobile: values.mobile }),
  ...(values.wechat && { wechat: values.wechat }),
  ...(values.channel && { preferred_channel: values.channel }),
  ...(values.note && { note: values.note }),
});

/** Chinese names put the family name first and leave no space. */
const nameOf = ({ name, firstName = "", lastName = "", email }: Row["values"]): string => {
  const isChinese = /\p{Script=Han}/u.test(lastName + firstName);
  const joined = isChinese ? `${lastName}${firstName}` : `${firstName} ${lastName}`.trim();
  const found = name ?? (joined || email);
  if (!found) throw new Invalid({ name: "imports.missing" });
  return found;
};

const findSame = (contacts: Contact[], given: ContactDraft): Contact | undefined => {
  const with_ = (field: "email" | "mobile" | "wechat") =>
    contacts.find((one) => given[field] && one[field] === given[field]);
  return with_("email") ?? with_("mobile") ?? with_("wechat") ?? contacts.find((one) => one.name === given.name);
};
