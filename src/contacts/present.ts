import { crumbsTo } from "../customers/crumbs.ts";
import { contactUrl, customerUrl } from "../customers/urls.ts";
import type { Contact, Customer } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { CHANNELS, channelOf } from "../interactions/channels.ts";
import { lineOf } from "../interactions/line.ts";
import type { Said } from "../interactions/queries.ts";
import type { LinkedPage } from "../links/queries.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";

type Facts = {
  contact: Contact;
  customer: Customer;
  canEdit: boolean;
  said: { items: Said[]; total: number };
  pages: LinkedPage[];
};

export function presentContact(t: T, { contact, customer, canEdit, said, pages }: Facts) {
  const url = contactUrl(contact);
  const isHere = contact.archived_at === null;
  return {
    title: contact.name,
    name: contact.name,
    position: [contact.title, contact.role].filter(Boolean).join(" · "),
    hasLeft: !isHere,
    customer: { name: customer.name, url: customerUrl(customer) },
    crumbs: crumbsTo(t, customer),
    facts: presentReach(t, contact),
    note: contact.note,
    recordUrl: canEdit && isHere ? `${customerUrl(customer)}/interactions/new?contact=${contact.id}` : null,
    editUrl: canEdit ? `${url}/edit` : null,
    archiveUrl: canEdit && isHere ? `${url}/archive` : null,
    said: { total: said.total, lines: said.items.map((one) => ({ ...lineOf(t, one), customer: null })) },
    pages: pages.map((link) => ({
      title: link.page.title,
      url: pageUrl(link.page),
      reason: t(`links.reason.${link.relation}`, { name: link.person }),
      at: link.at,
    })),
  };
}

/** How to reach someone; a click calls or writes. */
const presentReach = (t: T, { mobile, email, wechat, preferred_channel }: Contact) =>
  [
    { label: t("contacts.phone"), value: mobile, url: mobile && `tel:${mobile.replace(/[^\d+]/g, "")}` },
    {
      label: t("contacts.email"),
      value: email,
      url: email && `mailto:${encodeURIComponent(email).replace("%40", "@")}`,
    },
    { label: t("contacts.wechat"), value: wechat, url: null },
    { label: t("contacts.preferred"), value: preferred_channel && sayChannel(t, preferred_channel), url: null },
  ].filter((fact) => fact.value !== null && fact.value !== "");

/** A channel that an import brought along is said as it came. */
const sayChannel = (t: T, channel: string): string =>
  channelOf(channel) === channel ? t(`interactions.channel.${channelOf(channel)}`) : channel;

/** @param before the contact that is changed, if any */
export function presentContactForm(t: T, state: FormState, before?: Contact) {
  const kept = before?.preferred_channel;
  const channels = [...new Set([...CHANNELS, ...(kept ? [kept] : [])])];
  const fields = {
    name: field("name", t("contacts.name"), state, { required: true }),
    title: field("title", t("contacts.position"), state, { hint: t("contacts.positionHint") }),
    role: field("role", t("contacts.role"), state, { hint: t("contacts.roleHint") }),
    mobile: field("mobile", t("contacts.phone"), state, { type: "tel" }),
    email: field("email", t("contacts.email"), state),
    wechat: field("wechat", t("contacts.wechat"), state),
    channel: field("preferred_channel", t("contacts.preferred"), state, {
      placeholder: t("shared.unknown"),
      options: channels.map((value) => ({ value, label: sayChannel(t, value) })),
    }),
    note: field("note", t("contacts.note"), state, { rows: 4, hint: t("contacts.noteHint") }),
  };
  return { fields, problems: fieldsInError(Object.values(fields)) };
}
