import { type OwnedDraft, setOwnedProduct } from "../../customers/owned/commands.ts";
import { listOwnedProducts } from "../../customers/owned/queries.ts";
import type { Product } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import type { Row } from "../csv/read.ts";
import { findProductCalled } from "./lookups.ts";
import { customerOf, differences, once, type Save } from "./saving.ts";

/** Takes over what a customer owns: the same product with the same serial number, or without one the same product. */
export const saveOwned: Save = async (saving) => {
  const { tx, row } = saving;
  const customer = await customerOf(saving);
  const url = `/c/${encodeURIComponent(customer.key)}`;
  const name = row.values.product ?? "";
  const product = await once(saving.known.products, name, () => findProductCalled(tx.read, name));
  if (!product) throw new Invalid({ product: ["imports.unknownName", { name }] });
  const owned = await listOwnedProducts(tx.read, customer);
  const given = fieldsOf(row, product);
  const known = owned.find((one) => one.product_id === product.id && one.serial === (given.serial ?? null));
  const { product: _, ...fields } = given;
  if (known && Object.keys(differences(known, fields)).length === 0) return { outcome: "unchanged", url };
  await setOwnedProduct(tx, customer, known ? { ...keep(known), ...given, id: known.id } : given);
  return { outcome: known ? "changed" : "made", url };
};

type Known = Awaited<ReturnType<typeof listOwnedProducts>>[number];

/** What the row does not say stays as it was. */
const keep = ({ quantity, version, serial, since, until, note }: Known) => ({
  quantity,
  version,
  serial,
  since,
  until,
  note,
});

const fieldsOf = ({ values }: Row, product: Product): OwnedDraft => ({
  product,
  ...(values.quantity && { quantity: Number(values.quantity) }),
  ...(values.version && { version: values.version }),
  ...(values.serial && { serial: values.serial }),
  ...(values.since && { since: values.since }),
  ...(values.until && { until: values.until }),
  ...(values.note && { note: values.note }),
});
