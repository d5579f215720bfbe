import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Customer, Interaction } from "../db/schema.ts";

/** Something the viewer promised a customer and has not done yet. */
export type MyPromise = Pick<Interaction, "id" | "words" | "outcome" | "next_at"> & {
  customer: Pick<Customer, "key" | "name" | "short_name">;
};

/** The viewer's own open promises, the most urgent first. */
export async function listMyPromises(read: Reader, viewer: Pick<Viewer, "id">, limit: number): Promise<MyPromise[]> {
  const rows = await read
    .selectFrom("visible_interactions as said")
    .innerJoin("visible_customers as customer", "customer.id", "said.customer_id")
    .select(["said.id", "said.words", "said.outcome", "said.next_at"])
    .select(["customer.key", "customer.name", "customer.short_name"])
    .where("said.person_id", "=", viewer.id)
    .where("said.status", "=", "open")
    .where("said.next_at", "is not", null)
    .orderBy("said.next_at")
    .orderBy("said.id")
    .limit(limit)
    .execute();
  return rows.map(({ id, words, outcome, next_at, ...customer }) => ({ id, words, outcome, next_at, customer }));
}
