import type { Reader } from "../access/reader.ts";
import type { Customer, Person } from "../db/schema.ts";

/** When somebody last spoke with a customer, and the day of the most urgent open promise. */
export type Contacted = { last: string | null; promise: string | null };

/** For each of the customers; those who were never spoken with are missing. */
export async function listContacted(read: Reader, customers: readonly Customer[]): Promise<Map<string, Contacted>> {
  const rows = await read
    .selectFrom("visible_interactions")
    .select((eb) => [
      "customer_id",
      eb.fn.max("at").as("last"),
      eb.fn.min(eb.case().when("status", "=", "open").then(eb.ref("next_at")).end()).as("promise"),
    ])
    .where("customer_id", "in", ["", ...customers.map((customer) => customer.id)])
    .groupBy("customer_id")
    .orderBy("customer_id")
    .execute();
  return new Map(rows.map(({ customer_id, last, promise }) => [customer_id, { last, promise }]));
}

/** The colleagues who are responsible for a customer that the viewer can see, by login. */
export const listOwningPeople = (read: Reader): Promise<Pick<Person, "id" | "login" | "name">[]> =>
  read
    .selectFrom("people")
    .select(["id", "login", "name"])
    .where((eb) =>
      eb(
        "id",
        "in",
        eb
          .selectFrom("visible_customers")
          .select("owner_id")
          .where("archived_at", "is", null)
          .where("owner_id", "is not", null)
          .$castTo<{ owner_id: string }>(),
      ),
    )
    .orderBy("login")
    .execute();
