import type { ExpressionBuilder } from "kysely";
import type { Reader } from "../access/reader.ts";
import type { World } from "../access/world.ts";
import { fromCursor, toCursor } from "../db/cursor.ts";
import { contains, idFirst, toCount } from "../db/portable.ts";
import type { Product } from "../db/schema.ts";
import { Invalid, NotFound } from "../errors.ts";
import { codeKey } from "./codes.ts";

export type ProductFilter = {
  /** Parts of a code, name or alias. */
  q?: string | undefined;
  category?: string | undefined;
  status?: string | undefined;
};
export type ProductList = { items: Product[]; total: number; nextCursor: string | null };

/** By id or else code, however it is written. Of two visible products with one code the older answers. */
export const findProduct = (read: Reader, codeOrId: string): Promise<Product | undefined> =>
  read
    .selectFrom("visible_products")
    .selectAll()
    .where((eb) => eb.or([eb("code_key", "=", codeKey(codeOrId)), eb("id", "=", codeOrId)]))
    .orderBy((eb) => idFirst(eb.ref("id"), codeOrId))
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();

/** @throws NotFound */
export async function getProduct(read: Reader, codeOrId: string): Promise<Product> {
  const product = await findProduct(read, codeOrId);
  if (!product) throw new NotFound();
  return product;
}

/**
 * The product that somebody means in a form: by code or id, by its name, or by the part of a name or alias that only
 * one has.
 * @throws Invalid
 */
export async function getMeantProduct(read: Reader, written: string): Promise<Product> {
  const named = await findProduct(read, written);
  if (named) return named;
  const { items } = await listProducts(read, { q: written, limit: 20 });
  const exact = items.filter((product) => codeKey(product.name) === codeKey(written));
  const [only, ...others] = exact.length > 0 ? exact : items;
  if (!only) throw new Invalid({ product: "interactions.productMissing" });
  if (others.length > 0) throw new Invalid({ product: "products.severalMeant" });
  return only;
}

/** Products by their code, archived ones left out; `total` counts all that match. */
export async function listProducts(
  read: Reader,
  list: ProductFilter & { limit: number; cursor?: string | undefined },
): Promise<ProductList> {
  const matching = read.selectFrom("visible_products").where((eb) => matches(eb, list));
  const after = fromCursor(list.cursor, 2);
  const rows = await matching
    .selectAll()
    .$if(after !== undefined, (q) => q.where((eb) => comesAfter(eb, after ?? [])))
    .orderBy("code_key")
    .orderBy("id")
    .limit(list.limit + 1)
    .execute();
  const { count } = await matching.select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  const items = rows.slice(0, list.limit);
  const last = items.at(-1);
  return {
    items,
    total: toCount(count),
    nextCursor: rows.length > list.limit && last ? toCursor([last.code_key, last.id]) : null,
  };
}

/** Products by id, for chips and lists that name them. */
export async function listProductsById(read: Reader, ids: readonly string[]): Promise<Map<string, Product>> {
  const rows = await read
    .selectFrom("visible_products")
    .selectAll()
    .where("id", "in", ["", ...new Set(ids)])
    .orderBy("id")
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The distinct categories of visible products, for filters and suggestions. */
export async function listCategories(read: Reader): Promise<string[]> {
  const rows = await read
    .selectFrom("visible_products")
    .select("category")
    .distinct()
    .where("archived_at", "is", null)
    .orderBy("category")
    .execute();
  return rows.flatMap((row) => (row.category ? [row.category] : []));
}

type Columns = ExpressionBuilder<World, "visible_products">;

function comesAfter(eb: Columns, [code = "", id = ""]: string[]) {
  return eb.or([eb("code_key", ">", code), eb.and([eb("code_key", "=", code), eb("id", ">", id)])]);
}

function matches(eb: Columns, filter: ProductFilter) {
  const words = codeKey(filter.q ?? "")
    .split(" ")
    .filter((word) => word !== "");
  return eb.and([
    eb("archived_at", "is", null),
    ...words.map((word) =>
      eb.or(
        [eb.ref("code_key"), eb.fn<string>("lower", ["name"]), eb.fn<string>("lower", ["aliases"])].map((text) =>
          contains(text, word),
        ),
      ),
    ),
    ...(filter.category ? [eb("category", "=", filter.category)] : []),
    ...(filter.status ? [eb("status", "=", filter.status)] : []),
  ]);
}
