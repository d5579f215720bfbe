import { crumbsTo } from "../../customers/crumbs.ts";
import { contactUrl } from "../../customers/urls.ts";
import type { Contact, Customer } from "../../db/schema.ts";
import type { Refusal } from "../../http/route.ts";
import type { T } from "../../i18n/i18n.ts";
import { field, fieldsInError } from "../../views/field.ts";
import type { Preview } from "./queries.ts";
import type { Trace } from "./traces.ts";

type Facts = {
  contact: Contact;
  customer: Customer;
  traces: readonly Trace[];
  preview: Preview;
  refusal: Refusal | undefined;
};

/** What would be erased, where it stands, and what stays. */
export function presentErasure(t: T, { contact, customer, traces, preview, refusal }: Facts) {
  const url = contactUrl(contact);
  const state = refusal ?? { values: { with_name: "on" }, errors: {} };
  const reason = field("reason", t("privacy.reason"), state, { required: true, hint: t("privacy.reasonHint") });
  return {
    title: t("privacy.eraseTitle", { name: contact.name }),
    crumbs: [...crumbsTo(t, customer), { name: contact.name, url }],
    traces: traces.map((trace) => ({ label: t(LABELS[trace.field]), value: trace.shown })),
    counts: [
      { label: t("interactions.title"), count: preview.interactions },
      { label: t("privacy.pages"), count: preview.pages },
      { label: t("privacy.revisions"), count: preview.revisions },
    ],
    withName: field("with_name", t("privacy.withName"), state, { hint: t("privacy.withNameHint") }),
    reason,
    problems: fieldsInError([reason]),
    cancelUrl: url,
  };
}

const LABELS = {
  name: "contacts.name",
  mobile: "contacts.phone",
  email: "contacts.email",
  wechat: "contacts.wechat",
} as const;
