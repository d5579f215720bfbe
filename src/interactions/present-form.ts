import type { Contact, Product } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { CHANNELS, channelOf, DIRECTIONS } from "./channels.ts";
import { dayIn } from "./days.ts";
import type { Said } from "./queries.ts";

/** What the form of an interaction shows first. */
export const typedOf = (said: Said): FormState["values"] => ({
  words: said.words,
  channel: channelOf(said.channel),
  direction: said.direction,
  contact: said.contact_id ?? "",
  product: said.product?.code ?? "",
  next_at: said.next_at === null ? "" : dayIn(said.next_at),
  outcome: said.outcome ?? "",
  on: dayIn(said.at),
});

type Offered = { contacts: Pick<Contact, "id" | "name">[]; products: Pick<Product, "code" | "name">[] };

/** @param offered whom and what to choose from, the likely ones first */
export function presentInteractionForm(t: T, state: FormState, offered: Offered) {
  const fields = {
    words: field("words", t("interactions.words"), state, {
      required: true,
      rows: 3,
      placeholder: t("interactions.wordsHint"),
    }),
    channel: field("channel", t("interactions.channel"), state, {
      required: true,
      options: CHANNELS.map((value) => ({ value, label: t(`interactions.channel.${value}`) })),
    }),
    direction: field("direction", t("interactions.direction"), state, {
      required: true,
      options: DIRECTIONS.map((value) => ({ value, label: t(`interactions.${value}`) })),
    }),
    contact: field("contact", t("interactions.contact"), state, {
      placeholder: t("interactions.contactNone"),
      options: offered.contacts.map(({ id, name }) => ({ value: id, label: name })),
    }),
    product: field("product", t("interactions.product"), state, {
      options: offered.products.map(({ code, name }) => ({ value: code, label: name })),
    }),
    next: field("next_at", t("interactions.nextDate"), state, { type: "date", hint: t("interactions.nextHint") }),
    on: field("on", t("interactions.on"), state, { type: "date" }),
    outcome: field("outcome", t("interactions.outcome"), state, { rows: 2 }),
  };
  const seldom = [fields.on, fields.outcome];
  return {
    fields,
    problems: fieldsInError(Object.values(fields)),
    isMoreOpen: seldom.some((one) => one.value !== "" || one.error !== null),
  };
}
