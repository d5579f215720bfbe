import type { Allowed } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import type { Product } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import { productDocument } from "../search/documents.ts";
import { index } from "../search/index.ts";
import { codeKey } from "./codes.ts";
import type { EditableProduct } from "./policy.ts";
import { findProduct } from "./queries.ts";

export const PRODUCT_STATUSES = ["active", "planned", "retired"] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/** `price` is a text with its currency, as people say it: "¥12,800". `description` is plain text. */
export type ProductDraft = { code: string; name: string } & Partial<
  Pick<Product, "category" | "description" | "price">
> & { status?: ProductStatus; versions?: string[]; aliases?: string[] };

/** @throws Invalid when the viewer can see another product with this code */
export async function createProduct(
  tx: Tx,
  scope: Allowed<{ scope_id: string }, "edit">,
  draft: ProductDraft,
): Promise<Product> {
  const { versions = [], aliases = [], ...given } = draft;
  const product: Product = {
    category: null,
    description: "",
    price: null,
    status: "active",
    ...given,
    id: tx.newId(),
    code_key: codeKey(draft.code),
    scope_id: scope.scope_id,
    versions: JSON.stringify(versions),
    aliases: JSON.stringify(aliases),
    created_at: tx.now,
    created_by: tx.viewer.id,
    updated_at: tx.now,
    archived_at: null,
  };
  await refuseTakenCode(tx, product);
  await tx.insertInto("products").values(product).execute();
  await index(tx, productDocument(product));
  await record(tx, { kind: "product.created", subject: { kind: "product", id: product.id } });
  return product;
}

/** What is left out stays as it is. @throws Invalid as createProduct */
export async function changeProduct(
  tx: Tx,
  product: EditableProduct,
  changes: Partial<ProductDraft>,
): Promise<Product> {
  const { versions, aliases, ...given } = changes;
  const changed: Product = {
    ...product,
    ...given,
    code_key: codeKey(changes.code ?? product.code),
    versions: versions ? JSON.stringify(versions) : product.versions,
    aliases: aliases ? JSON.stringify(aliases) : product.aliases,
    updated_at: tx.now,
  };
  await refuseTakenCode(tx, changed);
  await tx.updateTable("products").set(changed).where("id", "=", product.id).execute();
  await index(tx, productDocument(changed));
  await record(tx, {
    kind: "product.changed",
    subject: { kind: "product", id: product.id },
    payload: { fields: Object.keys(changes) },
  });
  return changed;
}

async function refuseTakenCode(tx: Tx, product: Product): Promise<void> {
  const other = await findProduct(tx.read, product.code);
  if (other && other.id !== product.id) throw new Invalid({ code: "products.codeTaken" });
}
