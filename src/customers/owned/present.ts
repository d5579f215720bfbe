import type { Customer, OwnedProduct, Product } from "../../db/schema.ts";
import type { T } from "../../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../../views/field.ts";
import { crumbsTo } from "../crumbs.ts";
import { customerUrl, productUrl } from "../urls.ts";

export type Owned = OwnedProduct & Pick<Product, "code" | "name">;

export const ownedUrl = (customer: Pick<Customer, "key">): string => `${customerUrl(customer)}/owned`;

export function presentOwnedList(t: T, facts: { customer: Customer; owned: Owned[]; canEdit: boolean }) {
  const { customer, owned, canEdit } = facts;
  const url = ownedUrl(customer);
  const newUrl = canEdit ? `${url}/new` : null;
  return {
    title: t("customers.ownedProducts"),
    crumbs: crumbsTo(t, customer),
    newUrl,
    action: newUrl === null ? null : { url: newUrl, label: t("products.ownedAdd") },
    rows: owned.map(({ id, code, name, quantity, version, serial, since, until, note }) => ({
      ...{ code, name, quantity, version, serial, since, until, note },
      url: productUrl({ code }),
      editUrl: canEdit ? `${url}/${id}/edit` : null,
      removeUrl: canEdit ? `${url}/${id}/removal` : null,
      hasDetails: [version, serial, since, until].some((detail) => detail !== null),
    })),
  };
}

/** What the form of something owned shows first. */
export const typedOf = (owned: Owned): FormState["values"] => ({
  ...owned,
  product: owned.code,
  quantity: String(owned.quantity),
});

export function presentOwnedForm(t: T, state: FormState, products: Pick<Product, "code" | "name">[]) {
  const fields = {
    product: field("product", t("products.product"), state, {
      required: true,
      hint: t("products.chooseHint"),
      options: products.map(({ code, name }) => ({ value: code, label: name })),
    }),
    quantity: field("quantity", t("products.quantity"), state, { required: true }),
    version: field("version", t("products.version"), state),
    serial: field("serial", t("products.serial"), state),
    since: field("since", t("products.since"), state, { type: "date" }),
    until: field("until", t("products.until"), state, { type: "date" }),
    note: field("note", t("products.note"), state, { rows: 3 }),
  };
  return { fields, problems: fieldsInError(Object.values(fields)) };
}
