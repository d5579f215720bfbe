import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import { fromCursor, toCursor } from "../db/cursor.ts";
import type { Contact, Customer, Look } from "../db/schema.ts";
import { record } from "../events/record.ts";

/** Keeps who saw what of a contact; managers of the customer can read it, and the audit log has it too. */
export async function recordLook(
  tx: Tx,
  contact: Contact,
  { how, fields }: { how: Look["how"]; fields: readonly string[] },
): Promise<void> {
  const { id: contact_id, customer_id } = contact;
  const look = { contact_id, customer_id, person_id: tx.viewer.id, at: tx.now, how, fields: JSON.stringify(fields) };
  await tx
    .insertInto("looks")
    .values({ id: tx.newId(), ...look })
    .execute();
  const subject = { kind: "contact", id: contact_id };
  await record(tx, { kind: `contact.${how}`, subject, payload: { customer: customer_id, fields } });
}

/** A look with the names of who looked and at whom. */
export type NamedLook = Look & { person: string; login: string; contact: string };

/** Who looked at the contacts of a customer, or at one of them, newest first; none for those who do not manage the customer. */
export async function listLooks(
  read: Reader,
  of: { customer: Pick<Customer, "id">; contact?: Pick<Contact, "id"> },
  part: { limit: number; cursor?: string | undefined },
): Promise<{ items: NamedLook[]; nextCursor: string | null }> {
  const [at = "", id = ""] = fromCursor(part.cursor, 2) ?? [];
  const rows = await read
    .selectFrom("managed_looks as look")
    .innerJoin("people as person", "person.id", "look.person_id")
    .innerJoin("visible_contacts as contact", "contact.id", "look.contact_id")
    .selectAll("look")
    .select(["person.name as person", "person.login", "contact.name as contact"])
    .where("look.customer_id", "=", of.customer.id)
    .$if(of.contact !== undefined, (q) => q.where("look.contact_id", "=", of.contact?.id ?? ""))
    .$if(at !== "", (q) =>
      q.where((eb) => eb.or([eb("look.at", "<", at), eb.and([eb("look.at", "=", at), eb("look.id", ">", id)])])),
    )
    .orderBy("look.at", "desc")
    .orderBy("look.id")
    .limit(part.limit + 1)
    .execute();
  const items = rows.slice(0, part.limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > part.limit ? toCursor([last.at, last.id]) : null };
}
