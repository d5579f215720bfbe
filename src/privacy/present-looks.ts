import { crumbsTo } from "../customers/crumbs.ts";
import { contactUrl, customerUrl } from "../customers/urls.ts";
import type { Contact, Customer } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { personUrl } from "../people/urls.ts";
import type { NamedLook } from "./looks.ts";

type List = { customer: Customer; contact: Contact | undefined; items: NamedLook[]; nextCursor: string | null };

/** Who looked at the contacts of a customer, or at one of them. */
export function presentLooks(t: T, { customer, contact, items, nextCursor }: List) {
  const url = `${contact ? contactUrl(contact) : customerUrl(customer)}/looks`;
  return {
    title: t("privacy.looksOf", { name: contact?.name ?? customer.name }),
    crumbs: [...crumbsTo(t, customer), ...(contact ? [{ name: contact.name, url: contactUrl(contact) }] : [])],
    looks: items.map((look) => ({
      at: look.at,
      person: { name: look.person, url: personUrl(look) },
      contact: { name: look.contact, url: contactUrl({ id: look.contact_id }) },
      how: t(`privacy.how.${look.how}`),
      fields: sayFields(t, look),
    })),
    nextUrl: nextCursor === null ? null : `${url}?${new URLSearchParams({ cursor: nextCursor })}`,
  };
}

const NAMES = { mobile: "contacts.phone", email: "contacts.email", wechat: "contacts.wechat" } as const;

/** "电话、邮箱" */
function sayFields(t: T, { fields }: NamedLook): string {
  const names: string[] = JSON.parse(fields);
  return Object.entries(NAMES)
    .flatMap(([name, key]) => (names.includes(name) ? [t(key)] : []))
    .join(t("shared.comma"));
}
