import { crumbsTo } from "../customers/crumbs.ts";
import { completionUrl, contactUrl, customerUrl, interactionUrl, productUrl } from "../customers/urls.ts";
import { sayTalk } from "../customers/world/say.ts";
import type { Customer } from "../db/schema.ts";
import { dayOf } from "../i18n/dates.ts";
import type { T } from "../i18n/i18n.ts";
import type { Locale } from "../i18n/locale.ts";
import type { LinkedPage } from "../links/queries.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { channelOf } from "./channels.ts";
import { daysOverdue } from "./days.ts";
import { lineOf } from "./line.ts";
import { promiseOf } from "./promise.ts";
import type { Said } from "./queries.ts";

type Words = { t: T; locale: Locale; now: string };
type Facts = { said: Said; pages: LinkedPage[]; canEdit: boolean; completion: FormState };

export function presentInteraction({ said, pages, canEdit, completion }: Facts, words: Words) {
  const { t } = words;
  const isOpen = said.status === "open" && said.next_at !== null;
  const outcome = field("outcome", t("interactions.completedHow"), completion);
  return {
    title: sayTalk(t, said),
    crumbs: crumbsTo(t, said.customer),
    status: presentStatus(said, words),
    at: said.at,
    direction: t(`interactions.${said.direction}`),
    person: said.person,
    paragraphs: said.words.split(/\n+/).filter((line) => line.trim() !== ""),
    outcome: said.outcome,
    customer: { name: said.customer.name, url: customerUrl(said.customer) },
    contact:
      said.contact_id !== null && said.contact !== null
        ? { name: said.contact, url: contactUrl({ id: said.contact_id }) }
        : null,
    product: said.product && { name: said.product.name, url: productUrl(said.product) },
    editUrl: canEdit ? `${interactionUrl(said)}/edit` : null,
    completion: isOpen && canEdit ? { url: completionUrl(said), promised: promiseOf(said).text, outcome } : null,
    reopenUrl: said.status === "done" && said.next_at !== null && canEdit ? `${completionUrl(said)}/removal` : null,
    problems: fieldsInError([outcome]),
    pages: pages.map((link) => ({
      title: link.page.title,
      url: pageUrl(link.page),
      reason: t(`links.reason.${link.relation}`, { name: link.person }),
      at: link.at,
    })),
  };
}

/** What became of a promise, as a badge; null when nothing was promised. */
function presentStatus({ next_at, status }: Said, { t, locale, now }: Words): { text: string; tone: string } | null {
  if (next_at === null) return null;
  const promised = t("interactions.promisedFor", { day: dayOf(next_at, now, locale) });
  const days = daysOverdue(next_at, now);
  if (status === "done") return { text: `${promised} · ${t("interactions.done")}`, tone: "ok" };
  return days > 0
    ? { text: `${promised} · ${t("interactions.overdue", { days })}`, tone: "bad" }
    : { text: promised, tone: "due" };
}

type List = {
  customer: Customer;
  canEdit: boolean;
  channel: string;
  channels: { channel: string; count: number }[];
  said: { items: Said[]; nextCursor: string | null };
};

/** All that was said with a customer, by channel. */
export function presentInteractionList(t: T, { customer, canEdit, channel, channels, said }: List) {
  const url = `${customerUrl(customer)}/interactions`;
  const newUrl = canEdit ? `${url}/new` : null;
  const withChannel = (one: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...(one === "" ? {} : { channel: one }), ...more }).toString();
    return query === "" ? url : `${url}?${query}`;
  };
  const tabs = channels.map((one) => ({
    name: t(`interactions.channel.${channelOf(one.channel)}`),
    url: withChannel(one.channel),
    current: one.channel === channel,
    count: one.count,
  }));
  const all = { name: t("interactions.allChannels"), url, current: channel === "", count: null };
  return {
    title: t("interactions.title"),
    crumbs: crumbsTo(t, customer),
    newUrl,
    tabs: [all, ...tabs],
    lines: said.items.map((one) => ({ ...lineOf(t, one), customer: null })),
    olderUrl: said.nextCursor === null ? null : withChannel(channel, { cursor: said.nextCursor }),
    empty: t(channel === "" ? "interactions.noneWith" : "interactions.noneOf"),
    action: newUrl === null ? null : { url: newUrl, label: t("interactions.new") },
  };
}
