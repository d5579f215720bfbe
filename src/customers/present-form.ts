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
  const { suggested } = form;
  const suggest = (values: string[]) => values.map((value) => ({ value, label: "" }));
  const tier = state.values.tier;
  const tiers = [...new Set([...TIERS, ...(typeof tier === "string" && tier !== "" ? [tier] : [])])];
  const one = (name: string, label: string, settings = {}) => field(name, label, state, settings);
  const fields = {
    name: one("name", t("customers.name"), { required: true, hint: t("customers.nameHint") }),
    short_name: one("short_name", t("customers.shortName")),
    key: one("key", t("customers.key"), { hint: t("customers.keyHint") }),
    tier: one("tier", t("customers.tier"), {
      placeholder: t("shared.none"),
      options: tiers.map((value) => ({ value, label: t("customers.tierOf", { tier: value }) })),
    }),
    owner: one("owner", t("customers.owner"), {
      options: suggested.people.map(({ login, name }) => ({ value: login, label: name })),
    }),
    preferred_channel: one("preferred_channel", t("contacts.preferred"), {
      placeholder: t("shared.none"),
      options: CHANNELS.map((value) => ({ value, label: t(`interactions.channel.${value}`) })),
    }),
    phone: one("phone", t("customers.phone"), { type: "tel" }),
    website: one("website", t("customers.website")),
    industry: one("industry", t("customers.industry"), { options: suggest(suggested.industries) }),
    region: one("region", t("customers.region"), { options: suggest(suggested.regions) }),
    segment: one("segment", t("customers.segment"), { options: suggest(suggested.segments) }),
    parent: one("parent", t("customers.parent"), { hint: t("customers.parentHint") }),
    credit_code: one("credit_code", t("customers.creditCode")),
    aliases: one("aliases", t("customers.aliases"), { rows: 3, hint: t("products.oneEach") }),
    external_ids: one("external_ids", t("customers.externalIds"), { rows: 3, hint: t("customers.externalIdsHint") }),
    note: one("note", t("customers.note"), { rows: 3 }),
  };
  const facts = FORM_FACTS.map((fact) => one(fact, t(`customers.fact.${fact}`)));
  const problems = fieldsInError([...Object.values(fields), ...facts]);
  const more = [fields.aliases, fields.external_ids, fields.credit_code, fields.segment, fields.parent, ...facts];
  return {
    title: form.title,
    fields,
    facts,
    problems,
    another: form.askAnother ? field("another", t("customers.another"), state) : null,
    moreOpen: more.some((one) => one.error !== null),
  };
}
