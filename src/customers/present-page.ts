import { nameToReach, sayWithdrawn } from "../contacts/consents/say.ts";
import { sayPosition } from "../contacts/roles.ts";
import type { Customer, ExternalId, OwnedProduct, Product } from "../db/schema.ts";
import { dayOf } from "../i18n/dates.ts";
import type { T } from "../i18n/i18n.ts";
import type { Locale } from "../i18n/locale.ts";
import { CHANNELS, channelOf, DIRECTIONS } from "../interactions/channels.ts";
import { daysOverdue } from "../interactions/days.ts";
import { promiseOf } from "../interactions/promise.ts";
import { hueOf, initialOf } from "../views/frame.ts";
import { contactUrl, customerUrl, interactionUrl, productUrl } from "./urls.ts";
import type { ContactItem, InteractionItem } from "./world/item.ts";
import type { World } from "./world/queries.ts";

export type Words = { t: T; locale: Locale; now: string };

/** A name with the value beside it, e.g. an industry; a link where it leads somewhere. */
type Fact = { label: string; value: string; url: string | null };

type HeadFacts = { owner: string | null; confidential: boolean; canEdit: boolean; canManage: boolean };

export function presentHead(customer: Customer, { owner, confidential, canEdit, canManage }: HeadFacts, { t }: Words) {
  const url = customerUrl(customer);
  const channel = customer.preferred_channel;
  return {
    name: customer.name,
    monogram: initialOf(customer.short_name ?? customer.name),
    hue: hueOf(customer.key),
    tier: customer.tier === null ? null : t("customers.tierOf", { tier: customer.tier }),
    confidential,
    facts: [
      fact(t("customers.shortName"), customer.short_name),
      fact(t("customers.key"), customer.key),
      fact(t("customers.owner"), owner),
      fact(t("customers.industry"), customer.industry),
      fact(t("contacts.preferred"), channel === null ? null : t(`interactions.channel.${channelOf(channel)}`)),
    ].flat(),
    recordUrl: canEdit ? `${url}/interactions/new` : null,
    editUrl: canEdit ? `${url}/edit` : null,
    permissionsUrl: canManage ? `${url}/permissions` : null,
  };
}

const fact = (label: string, value: string | null, url: string | null = null): Fact[] =>
  value === null || value === "" ? [] : [{ label, value, url }];

/** What was promised and is open, the most urgent first, and in one line what is overdue; null when there is nothing. */
export function presentPromises(world: World, words: Words, canEdit: boolean) {
  const rows = world.said
    .filter((said) => said.kind === "promise")
    .sort((a, b) => ((a.nextAt ?? "") < (b.nextAt ?? "") ? -1 : 1))
    .map((promise) => presentPromise(promise, words, canEdit));
  const [first] = rows;
  if (!first) return null;
  const count = rows.length - 1;
  return { first, more: count === 0 ? "" : words.t("customers.promisesMore", { count }), rows };
}

function presentPromise(promise: InteractionItem, { t, locale, now }: Words, canEdit: boolean) {
  const due = promise.nextAt ?? now;
  const days = daysOverdue(due, now);
  const about = [dayOf(due, now, locale), promise.contact ?? promise.person].join(" · ");
  const promised = promiseOf({ words: promise.title, outcome: promise.outcome });
  return {
    isLate: days > 0,
    text: t(days > 0 ? "customers.promiseLate" : "customers.promiseOpen", { days, words: promised.text, about }),
    asked: promised.asked,
    url: interactionUrl(promise),
    doneUrl: canEdit ? `${interactionUrl(promise)}#completion` : null,
  };
}

export const presentContacts = (contacts: ContactItem[], { t }: Words) =>
  contacts.map((contact) => ({
    name: contact.title,
    position: sayPosition(t, { title: contact.position, role: contact.role }),
    url: contactUrl(contact),
    reach: contact.reach[0] ?? null,
    showUrl: `${contactUrl(contact)}/looks`,
    doNot: sayWithdrawn(t, contact.withdrawn),
  }));

/** The line that records what was just said: with the channel the customer prefers, to nobody in particular. */
export const presentLog = (customer: Customer, contacts: ContactItem[], { t }: Words) => ({
  action: `${customerUrl(customer)}/interactions/new`,
  channels: CHANNELS.map((value) => ({
    value,
    label: t(`interactions.channel.${value}`),
    selected: value === customer.preferred_channel,
  })),
  directions: DIRECTIONS.map((value) => ({ value, label: t(`interactions.${value}`) })),
  contacts: contacts.map((contact) => ({
    value: contact.id,
    label: nameToReach(t, contact.title, contact.withdrawn),
  })),
});

/** "X200 B 版 × 48" */
export const presentOwned = (owned: (OwnedProduct & Pick<Product, "code" | "name">)[] | World["products"]) =>
  owned.map((one) => ({
    name: ["title" in one ? one.title : one.name, one.version, one.quantity === 1 ? null : `× ${one.quantity}`]
      .filter(Boolean)
      .join(" "),
    url: productUrl(one),
  }));

/** Everything else that is known, with what an import brought along. */
export function presentFacts(customer: Customer, parent: Customer | undefined, { t }: Words): Fact[] {
  const { website } = customer;
  const extra: Record<string, string> = JSON.parse(customer.facts);
  const aliases: string[] = JSON.parse(customer.aliases);
  return [
    fact(t("customers.aliases"), aliases.join(" · ")),
    fact(t("customers.segment"), customer.segment),
    fact(t("customers.region"), customer.region),
    fact(t("customers.parent"), parent?.name ?? null, parent ? customerUrl(parent) : null),
    fact(t("customers.website"), website, website && /^https?:\/\//i.test(website) ? website : null),
    fact(t("customers.phone"), customer.phone, customer.phone && `tel:${customer.phone.replace(/[^\d+]/g, "")}`),
    fact(t("customers.creditCode"), customer.credit_code),
    ...Object.entries(extra).map(([name, value]) => fact(sayFact(t, name), String(value))),
  ].flat();
}

const KNOWN_FACTS = [
  "revenue",
  "employees",
  "founded",
  "office",
  "email",
  "address",
  "city",
  "postalCode",
  "source",
] as const;

function sayFact(t: T, name: string): string {
  const known = KNOWN_FACTS.find((one) => one === name);
  return known === undefined ? name : t(`customers.fact.${known}`);
}

export const presentExternalIds = (ids: ExternalId[]) =>
  ids.map(({ system, external_id, url }) => ({
    system,
    id: external_id,
    url: url !== null && /^https?:\/\//i.test(url) ? url : null,
  }));

/** When they last spoke, in whatever direction. */
export const lastContactOf = (said: InteractionItem[]): string | undefined => said[0]?.at;
