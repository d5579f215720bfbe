import type { Group } from "../customers/group-queries.ts";
import { customerUrl } from "../customers/urls.ts";
import type { Customer } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import type { presentEffect } from "./present-effect.ts";
import { presentRail } from "./present-rail.ts";
import { GROUPS_URL, groupUrl } from "./urls.ts";

/** So many are shown of those inside, and of those that could be put inside. */
const MOST_SHOWN = 100;

type Shown = {
  group: Group;
  name: string;
  q: string;
  inside: Customer[];
  others: Customer[];
  chosen?: Customer[];
  base?: string;
  effect?: ReturnType<typeof presentEffect>;
  problem?: string;
};

/** The customers of a group, and those that could be put into it; what was chosen before stays chosen and comes first. */
export function presentGrouping(t: T, { group, name, q, inside, others, chosen = [], ...shown }: Shown) {
  const chosenIds = new Set(chosen.map(({ id }) => id));
  const offered = [...chosen, ...others.filter(({ id }) => !chosenIds.has(id))];
  const url = `${groupUrl(group)}/customers`;
  return {
    title: t("access.customersOf", { name }),
    ...presentRail(t, "customers"),
    crumbs: [
      { name: t("access.customerGroups"), url: GROUPS_URL },
      { name, url: groupUrl(group) },
    ],
    url,
    undoUrl: url,
    q,
    base: shown.base ?? "",
    problem: shown.problem ?? null,
    effect: shown.effect ?? null,
    count: inside.length,
    inside: inside.slice(0, MOST_SHOWN).map((customer) => ({ name: customer.name, url: customerUrl(customer) })),
    hasMoreInside: inside.length > MOST_SHOWN,
    others: offered.slice(0, MOST_SHOWN).map(({ id, name, key }) => ({ id, name, key, chosen: chosenIds.has(id) })),
    hasMore: offered.length > MOST_SHOWN,
  };
}
