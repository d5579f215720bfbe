import type { Reader } from "../../access/reader.ts";
import { fromCursor, toCursor } from "../../db/cursor.ts";
import { toCount } from "../../db/portable.ts";
import type { Contact } from "../../db/schema.ts";
import type { Asked } from "../paging.ts";

export type ContactRow = Contact & { customer: string };

/** Contacts of all customers the viewer can see, or of one, in the order in which they were added; those who left are left out. */
export async function listContactRows(
  read: Reader,
  asked: Asked & { customerId?: string | undefined },
): Promise<{ items: ContactRow[]; total: number; nextCursor: string | null }> {
  const [at = "", id = ""] = fromCursor(asked.cursor, 2) ?? [];
  const matching = read
    .selectFrom("visible_contacts as contact")
    .innerJoin("visible_customers as customer", "customer.id", "contact.customer_id")
    .where("contact.archived_at", "is", null)
    .$if(asked.customerId !== undefined, (q) => q.where("customer.id", "=", asked.customerId ?? ""));
  const rows = await matching
    .selectAll("contact")
    .select("customer.key as customer")
    .where((eb) =>
      eb.or([
        eb("contact.created_at", ">", at),
        eb.and([eb("contact.created_at", "=", at), eb("contact.id", ">", id)]),
      ]),
    )
    .orderBy("contact.created_at")
    .orderBy("contact.id")
    .limit(asked.limit + 1)
    .execute();
  const { count } = await matching.select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  const items = rows.slice(0, asked.limit);
  const last = items.at(-1);
  const nextCursor = last && rows.length > asked.limit ? toCursor([last.created_at, last.id]) : null;
  return { items, total: toCount(count), nextCursor };
}
