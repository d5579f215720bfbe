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
import { presentConsentForm, presentConsents } from "./consents/present.ts";
import { type Stated, withdrawnIn } from "./consents/queries.ts";
import { sayWithdrawn } from "./consents/say.ts";
import { filledFields, masked } from "./mask.ts";
import { sayPosition } from "./roles.ts";

type Facts = {
  contact: Contact;
  customer: Customer;
  may: { edit: boolean; manage: boolean };
  /** Whether all of it is shown: somebody asked, and that was kept. */
  shown: boolean;
  said: { items: Said[]; total: number };
  pages: LinkedPage[];
  stated: Stated[];
  consent: FormState;
  erasure: { person: string; reason: string } | undefined;
};

export function presentContact(t: T, { contact, customer, may, shown, said, pages, stated, consent, erasure }: Facts) {
  const url = contactUrl(contact);
  const isHere = contact.archived_at === null;
  const canChange = may.edit && contact.erased_at === null;
  return {
    title: contact.name,
    name: contact.name,
    position: sayPosition(t, contact),
    hasLeft: !isHere && contact.erased_at === null,
    erasedAt: contact.erased_at,
    erasedBy: erasure ? t("privacy.erasedBy", { name: erasure.person, reason: erasure.reason }) : null,
    doNot: sayWithdrawn(t, withdrawnIn(stated)),
    customer: { name: customer.name, url: customerUrl(customer) },
    crumbs: crumbsTo(t, customer),
    facts: presentReach(t, contact, shown),
    showUrl: !shown && filledFields(contact).length > 0 ? `${url}/looks` : null,
    note: contact.note,
    consents: presentConsents(t, stated),
    consentForm: canChange ? presentConsentForm(t, consent, `${url}/consents`) : null,
    recordUrl: canChange && isHere ? `${customerUrl(customer)}/interactions/new?contact=${contact.id}` : null,
    editUrl: canChange ? `${url}/edit` : null,
    archiveUrl: canChange && isHere ? `${url}/archive` : null,
    exportUrl: canChange ? `${url}/export` : null,
    eraseUrl: may.manage && contact.erased_at === null ? `${url}/erasure` : null,
    looksUrl: may.manage ? `${url}/looks` : null,
    said: { total: said.total, lines: said.items.map((one) => ({ ...lineOf(t, one), customer: null })) },
    pages: pages.map((link) => ({
      title: link.page.title,
      url: pageUrl(link.page),
      reason: t(`links.reason.${link.relation}`, { name: link.person }),
      at: link.at,
    })),
  };
}

/** How to reach someone; where it is shown in full, a click calls or writes. */
function presentReach(t: T, contact: Contact, shown: boolean) {
  const { mobile, email, wechat, preferred_channel } = shown ? contact : masked(contact);
  const url = (link: string | null) => (shown ? link : null);
  return [
    { label: t("contacts.phone"), value: mobile, url: url(mobile && `tel:${mobile.replace(/[^\d+]/g, "")}`) },
    {
      label: t("contacts.email"),
      value: email,
      url: url(email && `mailto:${encodeURIComponent(email).replace("%40", "@")}`),
    },
    { label: t("contacts.wechat"), value: wechat, url: null },
    { label: t("contacts.preferred"), value: preferred_channel && sayChannel(t, preferred_channel), url: null },
  ].filter((fact) => fact.value !== null && fact.value !== "");
}

/** A channel that an import brought along is said as it came. */
const sayChannel = (t: T, channel: string): string =>
  channelOf(channel) === channel ? t(`interactions.channel.${channelOf(channel)}`) : channel;

/** @param before the contact that is changed, if any */
export function presentContactForm(t: T, state: FormState, before?: Contact) {
  const kept = before?.preferred_channel;
  const channels = [...new Set([...CHANNELS, ...(kept ? [kept] : [])])];
  const hint = before && filledFields(before).length > 0 ? { hint: t("contacts.maskHint") } : {};
  const fields = {
    name: field("name", t("contacts.name"), state, { required: true }),
    title: field("title", t("contacts.position"), state, { hint: t("contacts.positionHint") }),
    role: field("role", t("contacts.role"), state, { hint: t("contacts.roleHint") }),
    mobile: field("mobile", t("contacts.phone"), state, { type: "tel", ...hint }),
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
