import type { Customer } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { customerUrl } from "./urls.ts";

/** The way to a customer, for the screens below it. */
export const crumbsTo = (t: T, customer: Pick<Customer, "key" | "name">): { name: string; url: string }[] => [
  { name: t("customers.title"), url: "/customers" },
  { name: customer.name, url: customerUrl(customer) },
];
