import type { Person } from "../db/schema.ts";
import { inNameOrder } from "../i18n/order.ts";
import { daysOverdue } from "../interactions/days.ts";
import { hueOf, initialOf } from "../views/frame.ts";
import type { CustomersAsked } from "./forms.ts";
import type { Contacted } from "./listing.ts";
import type { Words } from "./present-page.ts";
import type { CustomerList } from "./queries.ts";
import { customerUrl } from "./urls.ts";

type Listed = {
  asked: CustomersAsked;
  list: CustomerList;
  contacted: Map<string, Contacted>;
  owners: Pick<Person, "id" | "login" | "name">[];
  tiers: string[];
  regions: string[];
  canCreate: boolean;
};

export function presentCustomerList(words: Words, listed: Listed) {
  const { t } = words;
  const { asked, list, canCreate } = listed;
  const { cursor, ...filters } = asked;
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return {
    title: t("customers.title"),
    newUrl: canCreate ? "/customers/new" : null,
    count: t("shared.count.customers", { count: list.total }),
    filters: filterFields(words, filters, listed),
    rows: list.items.map((customer) => presentRow(words, customer, listed)),
    isEmpty: list.total === 0,
    empty: isFiltered ? noMatch(words, filters.q, canCreate) : none(words, canCreate),
    startUrl: cursor === undefined ? null : listUrl(filters),
    nextUrl: list.nextCursor === null ? null : listUrl({ ...filters, cursor: list.nextCursor }),
    previousUrl: null,
  };
}

function filterFields({ t, locale }: Words, asked: Omit<CustomersAsked, "cursor">, listed: Listed) {
  const choices = (name: string, label: string, chosen: string, options: { value: string; label: string }[]) => ({
    name,
    label,
    options: options.map((option) => ({ ...option, selected: option.value === chosen })),
  });
  const tiers = listed.tiers.map((tier) => ({ value: tier, label: t("customers.tierOf", { tier }) }));
  const owners = inNameOrder(listed.owners, locale).map(({ login, name }) => ({ value: login, label: name }));
  const regions = listed.regions.map((region) => ({ value: region, label: region }));
  return {
    q: asked.q,
    selects: [
      choices("tier", t("customers.tier"), asked.tier, tiers),
      choices("owner", t("customers.owner"), asked.owner, owners),
      choices("region", t("customers.region"), asked.region, regions),
    ].filter((select) => select.options.length > 0),
  };
}

function presentRow({ t, now }: Words, customer: CustomerList["items"][number], { contacted, owners }: Listed) {
  const { last, promise } = contacted.get(customer.id) ?? { last: null, promise: null };
  const days = promise === null ? 0 : daysOverdue(promise, now);
  return {
    name: customer.name,
    url: customerUrl(customer),
    letter: initialOf(customer.short_name ?? customer.name),
    hue: hueOf(customer.key),
    shortName: customer.short_name,
    tier: customer.tier === null ? null : t("customers.tierOf", { tier: customer.tier }),
    owner: owners.find((person) => person.id === customer.owner_id)?.name ?? null,
    place: [customer.region, customer.industry].filter(Boolean).join(" · "),
    last,
    overdue: days > 0 ? t("interactions.overdue", { days }) : null,
  };
}

const noMatch = ({ t }: Words, q: string, canCreate: boolean) => ({
  text: t("customers.noMatch"),
  hint: t("customers.noMatchHint"),
  action:
    canCreate && q !== ""
      ? { url: `/customers/new?${new URLSearchParams({ name: q })}`, label: t("customers.newNamed", { name: q }) }
      : { url: "/customers", label: t("customers.showEvery") },
});

const none = ({ t }: Words, canCreate: boolean) => ({
  text: t("customers.none"),
  hint: t(canCreate ? "customers.noneHint" : "customers.noneAsk"),
  action: canCreate ? { url: "/customers/new", label: t("customers.new") } : null,
});

function listUrl(asked: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();
  return query === "" ? "/customers" : `/customers?${query}`;
}
