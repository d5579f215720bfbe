import type { Product } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { PRODUCT_STATUSES } from "./commands.ts";

/** What the form of a product shows first. */
export const typedOf = (product: Product): FormState["values"] => ({
  ...product,
  versions: JSON.parse(product.versions).join("\n"),
  aliases: JSON.parse(product.aliases).join("\n"),
});

/** @param form.categories those in use, to choose from */
export function presentProductForm(t: T, state: FormState, form: { title: string; categories: string[] }) {
  const statuses = PRODUCT_STATUSES.map((value) => ({ value, label: t(`products.status.${value}`) }));
  const fields = {
    code: field("code", t("products.code"), state, { required: true, hint: t("products.codeHint") }),
    name: field("name", t("products.name"), state, { required: true }),
    category: field("category", t("products.category"), state, {
      hint: t("products.categoryHint"),
      options: form.categories.map((value) => ({ value, label: "" })),
    }),
    status: field("status", t("products.status"), state, { required: true, options: statuses }),
    price: field("price", t("products.price"), state, { hint: t("products.priceHint") }),
    versions: field("versions", t("products.versions"), state, { rows: 4, hint: t("products.oneEach") }),
    aliases: field("aliases", t("products.aliases"), state, { rows: 4, hint: t("products.oneEach") }),
    description: field("description", t("products.description"), state, { rows: 6 }),
  };
  return { title: form.title, fields, problems: fieldsInError(Object.values(fields)) };
}
