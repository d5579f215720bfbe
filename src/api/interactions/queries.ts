import type { Reader } from "../../access/reader.ts";
import { fromCursor, toCursor } from "../../db/cursor.ts";
import { toCount } from "../../db/portable.ts";
import type { Interaction } from "../../db/schema.ts";
import type { Asked } from "../paging.ts";

/** `customer` is a key, `product` a code the viewer can see, `person` a login. */
export type InteractionRow = Interaction & { customer: string; product: string | null; person: string };

export type InteractionFilter = {
  customerId?: string | undefined;
  productId?: string | undefined;
  status?: Interaction["status"] | undefined;
};

/** What was said with customers the viewer can see, newest first. */
export async function listInteractionRows(
  read: Reader,
  asked: Asked & InteractionFilter,
): Promise<{ items: InteractionRow[]; total: number; nextCursor: string | null }> {
  const [at = "", id = ""] = fromCursor(asked.cursor, 2) ?? [];
  const matching = rowsOf(read).where((eb) =>
    eb.and([
      ...(asked.customerId === undefined ? [] : [eb("said.customer_id", "=", asked.customerId)]),
      ...(asked.productId === undefined ? [] : [eb("said.product_id", "=", asked.productId)]),
      ...(asked.status === undefined ? [] : [eb("said.status", "=", asked.status)]),
    ]),
  );
  const rows = await matching
    .selectAll("said")
    .select(["customer.key as customer", "product.code as product", "person.login as person"])
    .$if(asked.cursor !== undefined, (q) =>
      q.where((eb) => eb.or([eb("said.at", "<", at), eb.and([eb("said.at", "=", at), eb("said.id", ">", id)])])),
    )
    .orderBy("said.at", "desc")
    .orderBy("said.id")
    .limit(asked.limit + 1)
    .execute();
  const { count } = await matching.select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  const items = rows.slice(0, asked.limit);
  const last = items.at(-1);
  const nextCursor = last && rows.length > asked.limit ? toCursor([last.at, last.id]) : null;
  return { items, total: toCount(count), nextCursor };
}

export const findInteractionRow = (read: Reader, id: string): Promise<InteractionRow | undefined> =>
  rowsOf(read)
    .selectAll("said")
    .select(["customer.key as customer", "product.code as product", "person.login as person"])
    .where("said.id", "=", id)
    .executeTakeFirst();

const rowsOf = (read: Reader) =>
  read
    .selectFrom("visible_interactions as said")
    .innerJoin("visible_customers as customer", "customer.id", "said.customer_id")
    .innerJoin("people as person", "person.id", "said.person_id")
    .leftJoin("visible_products as product", "product.id", "said.product_id");
