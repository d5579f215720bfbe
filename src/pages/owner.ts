import type { Allowed } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import type { Page, Person } from "../db/schema.ts";
import { record } from "../events/record.ts";

/** Says who answers for a page. */
export async function setOwner(tx: Tx, page: Allowed<Page, "edit">, owner: Person["id"]): Promise<void> {
  await tx.updateTable("pages").set({ owner_id: owner }).where("id", "=", page.id).execute();
  await record(tx, { kind: "page.owned", subject: { kind: "page", id: page.id }, payload: { owner } });
}
