import type { Owner } from "../customers/owned/queries.ts";
import { customerUrl, productUrl } from "../customers/urls.ts";
import type { Product } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { lineOf } from "../interactions/line.ts";
import type { Said } from "../interactions/queries.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { presentVerification } from "../pages/verifying/state.ts";
import { hueOf, initialOf } from "../views/frame.ts";
import { PRODUCT_STATUSES } from "./commands.ts";
import type { KnownPage, Tie } from "./knowledge/queries.ts";

/** A part of the product page: the newest, and how many there are in all. */
type Part<Item> = { items: Item[]; total: number };
export const PARTS = ["knowledge", "owners", "interactions"] as const;

type Facts = {
  now: string;
  product: Product;
  canEdit: boolean;
  knowledge: Part<KnownPage>;
  owners: Part<Owner> & { quantity: number };
  said: Part<Said>;
};

export function presentProduct(t: T, { now, product, canEdit, knowledge, owners, said }: Facts) {
  const url = productUrl(product);
  const part = <Item>(name: (typeof PARTS)[number], { items, total }: Part<Item>) => ({
    total,
    allUrl: total > items.length ? `${url}?all=${name}#${name}` : null,
  });
  return {
    title: `${product.code} ${product.name}`,
    name: product.name,
    monogram: initialOf(product.name),
    hue: hueOf(product.code_key),
    status: presentStatus(t, product.status),
    facts: [
      { name: t("products.code"), value: product.code },
      { name: t("products.category"), value: product.category ?? "" },
      { name: t("products.price"), value: product.price ?? "" },
    ].filter((fact) => fact.value !== ""),
    paragraphs: product.description.split(/\n+/).filter((line) => line.trim() !== ""),
    versions: textsIn(product.versions),
    aliases: textsIn(product.aliases),
    updatedAt: product.updated_at,
    editUrl: canEdit ? `${url}/edit` : null,
    hasDetails: product.versions !== "[]" || product.aliases !== "[]",
    knowledge: { ...part("knowledge", knowledge), rows: knowledge.items.map((page) => presentPage(t, page, now)) },
    knowledgeHint: t("products.knowledgeHint", { code: product.code }),
    owners: {
      ...part("owners", owners),
      together: t("products.ownedTogether", { quantity: owners.quantity }),
      rows: owners.items.map(presentOwner),
    },
    said: { ...part("interactions", said), rows: said.items.map((one) => lineOf(t, one)) },
  };
}

/** The status of a product as a badge; one that an import brought along is shown as it is. */
export function presentStatus(t: T, status: string): { text: string; tone: string } {
  const known = PRODUCT_STATUSES.find((one) => one === status);
  return known === undefined
    ? { text: status, tone: "" }
    : { text: t(`products.status.${known}`), tone: { active: "ok", planned: "info", retired: "due" }[known] };
}

export const textsIn = (json: string): string[] => JSON.parse(json);

const presentPage = (t: T, page: KnownPage, now: string) => ({
  title: page.title,
  url: pageUrl(page),
  space: page.space,
  verification: presentVerification(t, page, now),
  person: page.person,
  updatedAt: page.updated_at,
  ties: page.ties.map((tie) => ({ text: sayTie(t, tie), at: tie.why === "named" ? null : tie.at })),
});

function sayTie(t: T, tie: Tie): string {
  if (tie.why === "named") return t("products.named");
  return t(tie.why === "tagged" ? "links.reason.tagged" : `links.reason.${tie.relation}`, { name: tie.person });
}

const presentOwner = ({ key, name, quantity, version, serial, until }: Owner) => ({
  name,
  url: customerUrl({ key }),
  quantity,
  version,
  serial,
  until,
  hasDetails: [version, serial, until].some((detail) => detail !== null),
});
