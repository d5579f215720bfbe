import type { Contact, Customer, Interaction, Page, Product } from "../db/schema.ts";
import type { Rendered } from "../markdown/render.ts";

export const KINDS = ["page", "customer", "product", "contact", "interaction"] as const;
export type Kind = (typeof KINDS)[number];
export const isKind = (kind: string): kind is Kind => KINDS.some((known) => known === kind);
export type Ref = { kind: Kind; refId: string };

/**
 * What search knows of a row. Everybody with view on `scopeId` can find it by any of its words, so it must hold nothing
 * that they cannot see: a page never holds the names of its customers, who may be confidential.
 */
export type SearchDoc = Ref & {
  scopeId: string;
  title: string;
  tags: readonly string[];
  headings: readonly string[];
  body: string;
};

/** @param labels the page's labels as written */
export function pageDocument(
  page: Pick<Page, "id" | "scope_id" | "title">,
  rendered: Pick<Rendered, "headings" | "text">,
  labels: readonly string[],
): SearchDoc {
  return {
    kind: "page",
    refId: page.id,
    scopeId: page.scope_id,
    title: page.title,
    tags: labels,
    headings: rendered.headings.map((heading) => heading.text),
    body: rendered.text,
  };
}

export function customerDocument(customer: Customer): SearchDoc {
  const { name, short_name, key, phone, domain, website, credit_code, industry, segment, region, note } = customer;
  return {
    kind: "customer",
    refId: customer.id,
    scopeId: customer.scope_id,
    title: name,
    tags: present([short_name, ...textsIn(customer.aliases), key, ...keysOf(customer)]),
    headings: [],
    body: lines([credit_code, ...phoneForms(phone), domain, website, industry, segment, region, note]),
  };
}

export function productDocument(product: Product): SearchDoc {
  return {
    kind: "product",
    refId: product.id,
    scopeId: product.scope_id,
    title: product.name,
    tags: [product.code, ...textsIn(product.aliases)],
    headings: [],
    body: lines([product.category, ...textsIn(product.versions), product.description]),
  };
}

/** @param customer whose contact it is: whoever sees the customer sees the contact */
export function contactDocument(contact: Contact, customer: Pick<Customer, "scope_id">): SearchDoc {
  const { name, title, role, email, mobile, wechat, note } = contact;
  return {
    kind: "contact",
    refId: contact.id,
    scopeId: customer.scope_id,
    title: name,
    tags: keysOf(contact),
    headings: [],
    body: lines([title, role, email, ...phoneForms(mobile), wechat, note]),
  };
}

/** @param customer whose interaction it is */
export function interactionDocument(
  interaction: Pick<Interaction, "id" | "words" | "outcome">,
  customer: Pick<Customer, "scope_id">,
): SearchDoc {
  return {
    kind: "interaction",
    refId: interaction.id,
    scopeId: customer.scope_id,
    title: "",
    tags: [],
    headings: [],
    body: lines([interaction.words, interaction.outcome]),
  };
}

/** Pinyin and initials of names (analyzer/pinyin.ts); Chinese names themselves are words already. */
const keysOf = ({ name_pinyin }: { name_pinyin: string }): string[] =>
  name_pinyin.split(" ").filter((key) => /^[a-z0-9]+$/.test(key));

/** A number is found as it is written, in one piece, and by its last four digits. */
function phoneForms(phone: string | null): string[] {
  const digits = (phone ?? "").replace(/\D/g, "");
  return digits === "" ? [] : [...new Set([phone ?? "", digits, digits.slice(-4)])];
}

/** The texts of a JSON array; other JSON holds none. */
export function textsIn(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

const present = (texts: readonly (string | null)[]): string[] =>
  texts.filter((text): text is string => text !== null && text !== "");
const lines = (texts: readonly (string | null)[]): string => present(texts).join("\n");
