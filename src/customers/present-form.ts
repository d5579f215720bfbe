import type { Customer, ExternalId, Person } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { CHANNELS } from "../interactions/channels.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { FORM_FACTS, TIERS } from "./forms.ts";

/** What the form of a customer shows first. */
export function typedOf(
  customer: Customer,
  names: { owner: string | undefined; parent: string | undefined; externalIds: ExternalId[] },
): FormState["values"] {
  const facts: Record<string, string> = JSON.parse(customer.facts);
  return {
    ...facts,
    ...customer,
    aliases: JSON.parse(customer.aliases).join("\n"),
    owner: names.owner,
    parent: names.parent,
    external_ids: names.externalIds.map(writeExternalId).join("\n"),
  };
}

/** One line of the field for ids of other systems: `Salesforce 0015g000 https://…`. */
const writeExternalId = ({ system, external_id, url }: ExternalId): string =>
  [system, external_id, url].filter(Boolean).join(" ");

type Suggested = {
  people: Pick<Person, "login" | "name">[];
  regions: string[];
  industries: string[];
  segments: string[];
};

/** @param form.askAnother whether there is a customer of this name, so that the form must ask */
export function presentCustomerForm(
  t: T,
  state: FormState,
  form: { title: string; askAnother: boolean; suggested: Suggested },
) {
  const main = mainFields(t, state, form.suggested);
  const more = moreFields(t, state, form.suggested);
  const facts = FORM_FACTS.map((fact) => field(fact, t(`customers.fact.${fact}`), state));
  return {
    title: form.title,
    fields: { ...main, ...more },
    facts,
    problems: fieldsInError([...Object.values(main), ...Object.values(more), ...facts]),
    another: form.askAnother ? field("another", t("customers.another"), state) : null,
    moreOpen: fieldsInError([...Object.values(more), ...facts]).length > 0,
  };
}

function mainFields(t: T, state: FormState, suggested: Suggested) {
  return {
    name: field("name", t("customers.name"), state, { required: true, hint: t("customers.nameHint") }),
    short_name: field("short_name", t("customers.shortName"), state),
    key: field("key", t("customers.key"), state, { hint: t("customers.keyHint") }),
    tier: tierField(t, state),
    owner: field("owner", t("customers.owner"), state, {
      options: suggested.people.map(({ login, name }) => ({ value: login, label: name })),
    }),
    preferred_channel: field("preferred_channel", t("contacts.preferred"), state, {
      placeholder: t("shared.none"),
      options: CHANNELS.map((value) => ({ value, label: t(`interactions.channel.${value}`) })),
    }),
    phone: field("phone", t("customers.phone"), state, { type: "tel" }),
    website: field("website", t("customers.website"), state),
    industry: field("industry", t("customers.industry"), state, { options: suggest(suggested.industries) }),
    region: field("region", t("customers.region"), state, { options: suggest(suggested.regions) }),
    note: field("note", t("customers.note"), state, { rows: 3 }),
  };
}

/** What is asked for only when somebody wants to say more. */
const moreFields = (t: T, state: FormState, suggested: Suggested) => ({
  segment: field("segment", t("customers.segment"), state, { options: suggest(suggested.segments) }),
  parent: field("parent", t("customers.parent"), state, { hint: t("customers.parentHint") }),
  credit_code: field("credit_code", t("customers.creditCode"), state),
  aliases: field("aliases", t("customers.aliases"), state, { rows: 3, hint: t("products.oneEach") }),
  external_ids: field("external_ids", t("customers.externalIds"), state, {
    rows: 3,
    hint: t("customers.externalIdsHint"),
  }),
});

const suggest = (values: string[]) => values.map((value) => ({ value, label: "" }));

/** A tier that an import brought along is kept beside ours. */
function tierField(t: T, state: FormState) {
  const { tier } = state.values;
  const own = typeof tier === "string" && tier !== "" ? [tier] : [];
  const options = [...new Set([...TIERS, ...own])].map((value) => ({
    value,
    label: t("customers.tierOf", { tier: value }),
  }));
  return field("tier", t("customers.tier"), state, { placeholder: t("shared.none"), options });
}
