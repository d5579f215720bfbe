import { productUrl } from "../customers/urls.ts";
import type { Product } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { PRODUCT_STATUSES } from "./commands.ts";
import type { ProductAsked } from "./forms.ts";
import { presentStatus, textsIn } from "./present.ts";
import type { ProductList } from "./queries.ts";

type Listed = { asked: ProductAsked; list: ProductList; categories: string[]; canCreate: boolean };

export function presentProductList(t: T, { asked, list, categories, canCreate }: Listed) {
  const { cursor, ...filters } = asked;
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return {
    title: t("products.title"),
    newUrl: canCreate ? "/products/new" : null,
    count: t("products.count", { count: list.total }),
    filters: filterFields(t, filters, categories),
    rows: list.items.map((product) => presentRow(t, product)),
    isEmpty: list.total === 0,
    empty: isFiltered ? noMatch(t) : none(t, canCreate),
    startUrl: cursor === undefined ? null : listUrl(filters),
    nextUrl: list.nextCursor === null ? null : listUrl({ ...filters, cursor: list.nextCursor }),
    previousUrl: null,
  };
}

function filterFields(t: T, asked: Omit<ProductAsked, "cursor">, categories: string[]) {
  const choice = (value: string, label: string, chosen: string) => ({ value, label, selected: value === chosen });
  return {
    q: asked.q,
    statuses: PRODUCT_STATUSES.map((value) => choice(value, t(`products.status.${value}`), asked.status)),
    categories: categories.map((value) => choice(value, value, asked.category)),
  };
}

const presentRow = (t: T, product: Product) => ({
  name: product.name,
  code: product.code,
  url: productUrl(product),
  status: presentStatus(t, product.status),
  category: product.category,
  aliases: textsIn(product.aliases).join(" · "),
  versions: textsIn(product.versions).slice(0, 6).join(" · "),
});

const noMatch = (t: T) => ({
  text: t("products.noMatch"),
  hint: t("products.noMatchHint"),
  action: { url: "/products", label: t("products.showEvery") },
});

const none = (t: T, canCreate: boolean) => ({
  text: t("products.none"),
  hint: t(canCreate ? "products.noneHint" : "products.noneAsk"),
  action: canCreate ? { url: "/products/new", label: t("products.new") } : null,
});

function listUrl(asked: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();
  return query === "" ? "/products" : `/products?${query}`;
}
