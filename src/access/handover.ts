import type { Db } from "../db/open.ts";
import type { Person } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import type { Tx } from "./transaction.ts";
import { findViewer } from "./viewer.ts";

/** What somebody takes care of: pages they answer for, customers of theirs, and interactions with an open promise. */
export const HELD = ["page", "customer", "interaction"] as const;
export type Held = { kind: (typeof HELD)[number]; id: string; scope_id: string };

/** All that a person takes care of, hidden things too; whoever shows it must not name those. */
export async function listHeld(db: Pick<Db, "selectFrom">, { id }: Pick<Person, "id">): Promise<Held[]> {
  const pages = db.selectFrom("pages").select(["id", "scope_id"]).where("owner_id", "=", id);
  const customers = db.selectFrom("customers").select(["id", "scope_id"]).where("owner_id", "=", id);
  const promises = db
    .selectFrom("interactions as said")
    .innerJoin("customers as customer", "customer.id", "said.customer_id")
    .select(["said.id", "customer.scope_id"])
    .where("said.person_id", "=", id)
    .where("said.status", "=", "open");
  return [
    ...(await pages.orderBy("id").execute()).map((row) => ({ kind: "page" as const, ...row })),
    ...(await customers.orderBy("id").execute()).map((row) => ({ kind: "customer" as const, ...row })),
    ...(await promises.orderBy("said.id").execute()).map((row) => ({ kind: "interaction" as const, ...row })),
  ];
}

/**
 * Puts all that a person takes care of into the hands of somebody else, as far as they can see it: nothing is shown to
 * anybody by being handed over.
 * @param to an active colleague
 * @returns what went over, and what stays because the successor cannot see it
 * @throws Invalid, naming `successor`, for guests, for who has left, and for the same person
 */
export async function handOver(
  tx: Tx,
  person: Pick<Person, "id">,
  to: Pick<Person, "id">,
): Promise<{ moved: Held[]; left: Held[] }> {
  const successor = await findViewer(tx.unguarded, to.id, { now: tx.now });
  if (successor?.kind !== "employee" || to.id === person.id) throw new Invalid({ successor: "admin.successorUnknown" });
  const held = await listHeld(tx.unguarded, person);
  const moved = held.filter(({ scope_id }) => successor.levels.has(scope_id));
  for (const one of moved) {
    await GIVE[one.kind](tx, one.id, successor.id);
    const payload = { owner: successor.id, before: person.id };
    await record(tx, { kind: SAID[one.kind], subject: { kind: one.kind, id: one.id }, payload });
  }
  return { moved, left: held.filter((one) => !moved.includes(one)) };
}

const GIVE: Record<Held["kind"], (tx: Tx, id: string, to: string) => Promise<unknown>> = {
  page: (tx, id, owner_id) => tx.updateTable("pages").set({ owner_id }).where("id", "=", id).execute(),
  customer: (tx, id, owner_id) =>
    tx.updateTable("customers").set({ owner_id, updated_at: tx.now }).where("id", "=", id).execute(),
  interaction: (tx, id, person_id) =>
    tx.updateTable("interactions").set({ person_id, updated_at: tx.now }).where("id", "=", id).execute(),
};

const SAID: Record<Held["kind"], string> = {
  page: "page.owned",
  customer: "customer.owned",
  interaction: "interaction.handed_over",
};
