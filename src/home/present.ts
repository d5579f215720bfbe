import type { Viewer } from "../access/viewer.ts";
import { canCreateCustomers } from "../customers/policy.ts";
import { compareUrl, customerUrl } from "../customers/urls.ts";
import type { Customer } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { daysOverdue } from "../interactions/days.ts";
import { promiseOf } from "../interactions/promise.ts";
import type { HeldAnswer } from "../links/told.ts";
import { pageUrl } from "../pages/links/queries.ts";
import type { MyPromise } from "./queries.ts";

const callName = (customer: Pick<Customer, "name" | "short_name">): string => customer.short_name ?? customer.name;

export const presentPromise = (promise: MyPromise, { t, now }: { t: T; now: string }) => {
  const due = promise.next_at ?? now;
  const days = daysOverdue(due, now);
  return {
    ...promiseOf(promise),
    url: `/interactions/${promise.id}`,
    doneUrl: `/interactions/${promise.id}#completion`,
    customer: { name: callName(promise.customer), url: customerUrl(promise.customer) },
    due,
    late: days > 0 ? t("home.late", { days }) : "",
  };
};

export const presentOldAnswer = (answer: HeldAnswer) => ({
  title: answer.title,
  url: compareUrl({ id: answer.page_id }, { from: answer.revision, to: answer.newest }),
  customer: { name: answer.customer_name, url: customerUrl({ key: answer.customer_key }) },
  at: answer.at,
  revision: answer.revision,
});

type Recent = { id: string; title: string; space_id: string; updated_at: string; updated_by: string };

export const presentRecent = (
  page: Recent,
  names: { spaces: Map<string, string>; people: Map<string, { name: string }> },
) => ({
  title: page.title,
  url: pageUrl(page),
  space: names.spaces.get(page.space_id) ?? "",
  at: page.updated_at,
  by: names.people.get(page.updated_by)?.name ?? "",
});

/** What to do first in an instance that has nothing yet, by what this person may do. */
export const presentFirstSteps = (viewer: Viewer, t: T) => [
  ...(viewer.manages.size > 0 ? [{ icon: "space", text: t("home.firstSpace"), url: "/spaces/new" }] : []),
  ...(viewer.isAdmin ? [{ icon: "person", text: t("home.firstPeople"), url: "/admin/people/new" }] : []),
  ...(canCreateCustomers(viewer) ? [{ icon: "customer", text: t("home.firstCustomer"), url: "/customers/new" }] : []),
];
