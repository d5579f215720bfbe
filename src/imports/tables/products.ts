import { changeProduct, createProduct, PRODUCT_STATUSES, type ProductDraft } from "../../products/commands.ts";
import { productsToEdit, productToEdit } from "../../products/policy.ts";
import { findProduct } from "../../products/queries.ts";
import type { Row } from "../csv/read.ts";
import { findProductCalled } from "./lookups.ts";
import { differences, type Save } from "./saving.ts";

/** Takes over one product: the one with the same code, or without a code the one of the same name. */
export const saveProduct: Save = async ({ tx, row }) => {
  const { code } = row.values;
  const given = fieldsOf(row);
  const known = await (code === undefined ? findProductCalled(tx.read, given.name) : findProduct(tx.read, code));
  const urlOf = (product: { code: string }): string => `/products/${encodeURIComponent(product.code)}`;
  if (!known) {
    const made = await createProduct(tx, productsToEdit(tx.viewer), { ...given, code: code ?? given.name });
    return { outcome: "made", url: urlOf(made) };
  }
  const changes = differences(known, given);
  if (Object.keys(changes).length === 0) return { outcome: "unchanged", url: urlOf(known) };
  return { outcome: "changed", url: urlOf(await changeProduct(tx, productToEdit(tx.viewer, known), changes)) };
};

const fieldsOf = ({ values, lists }: Row): Omit<ProductDraft, "code"> => {
  const aliases = [...(values.nameEn ? [values.nameEn] : []), ...(lists.aliases ?? [])];
  const status = PRODUCT_STATUSES.find((one) => one === values.status);
  return {
    name: values.name ?? "",
    ...(values.category && { category: values.category }),
    ...(values.description && { description: values.description }),
    ...(values.price && { price: values.price }),
    ...(status && { status }),
    ...(lists.versions && { versions: lists.versions }),
    ...(aliases.length > 0 && { aliases }),
  };
};
