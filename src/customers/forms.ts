import { z } from "zod";
import { text, texts, words } from "../forms/fields.ts";

/** Further facts of which the form knows the names; those of imports stay beside them. */
export const FORM_FACTS = ["revenue", "employees", "founded", "office"] as const;

export const TIERS = ["A", "B", "C"] as const;

const website = z
  .string()
  .trim()
  .max(300, "shared.form.tooLong")
  .refine((given) => given === "" || isWebAddress(given), "customers.websiteRule")
  .transform((given) => (given === "" ? null : withScheme(given)))
  .exactOptional();

const creditCode = z
  .string()
  .trim()
  .toUpperCase()
  .max(30, "shared.form.tooLong")
  .transform((given) => given || null)
  .exactOptional();

/** A customer as its form sends it, new or changed. `owner` is a login or name, `parent` a key or name. */
export const customerForm = z.strictObject({
  name: words(200),
  short_name: text(60),
  key: text(60).refine((given) => !given || /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(given), "customers.keyRule"),
  aliases: texts(200),
  tier: text(40),
  segment: text(100),
  industry: text(100),
  region: text(100),
  owner: text(100),
  parent: text(200),
  website,
  phone: text(60),
  credit_code: creditCode,
  preferred_channel: text(40),
  note: text(20_000),
  revenue: text(100),
  employees: text(100),
  founded: text(100),
  office: text(200),
  external_ids: text(10_000),
  /** "There is another company of this name": said after the form asked. */
  another: z.literal("on").exactOptional(),
});
export type CustomerForm = z.infer<typeof customerForm>;

const one = (most: number) => z.string().trim().max(most).default("");

/** What the list of customers is asked for; an empty filter is none. `owner` is a login. */
export const customerFilter = z.strictObject({
  q: one(200),
  tier: one(40),
  region: one(100),
  owner: one(100),
  cursor: z.string().max(1000).optional(),
});
export type CustomersAsked = z.infer<typeof customerFilter>;

function isWebAddress(given: string): boolean {
  const address = URL.parse(withScheme(given));
  return address !== null && /^https?:$/.test(address.protocol) && address.hostname.includes(".");
}

const withScheme = (given: string): string => (/^[a-z][a-z\d+.-]*:/i.test(given) ? given : `https://${given}`);
