import type { Key, T } from "../i18n/i18n.ts";
import type { Resume } from "./arrival.ts";

/** What the fields of our forms are called; what is not among them says nothing to people unless it is long. */
const LABELS: Readonly<Record<string, Key>> = {
  title: "pages.titleField",
  body: "pages.body",
  customers: "pages.customers",
  products: "pages.products",
  labels: "pages.labels",
  summary: "pages.summary",
  words: "interactions.words",
  outcome: "interactions.outcome",
  next_at: "interactions.nextDate",
  name: "customers.name",
  short_name: "customers.shortName",
  aliases: "customers.aliases",
  phone: "customers.phone",
  mobile: "contacts.phone",
  email: "contacts.email",
  wechat: "contacts.wechat",
  note: "customers.note",
};

const TEXTS = new Set(["body", "words", "note", "outcome"]);
const LONG = 60;

/**
 * A form that outlived its session, to be looked through and sent on: what people wrote with its label, long texts in
 * large boxes; numbers and ids behind it go along unseen.
 */
export const presentResume = (t: T, { action, fields }: Resume) => ({
  action,
  fields: fields.map(({ name, value }, at) => {
    const label = LABELS[name];
    const isText = TEXTS.has(name) || value.includes("\n") || value.length > LONG;
    const isShown = label !== undefined || isText;
    return {
      id: `kept-${at}`,
      name,
      value,
      label: t(label ?? "people.resumeField"),
      isText: isShown && isText,
      isLine: isShown && !isText,
    };
  }),
});
