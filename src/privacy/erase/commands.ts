import type { Tx } from "../../access/transaction.ts";
import type { ManagedCustomer } from "../../customers/policy.ts";
import { forgetWorlds } from "../../customers/world/index.ts";
import type { Db } from "../../db/open.ts";
import type { Contact, Erasure } from "../../db/schema.ts";
import { NotFound } from "../../errors.ts";
import { record } from "../../events/record.ts";
import { forgetRenderings } from "../../pages/rendering.ts";
import { unindex } from "../../search/index.ts";
import { digestsOf } from "./digests.ts";
import { redactEverywhere, SWEPT } from "./redact.ts";
import { MARK, tracesOf } from "./traces.ts";

/** `withName`: whether their name is taken out of texts too. `reason`: for the record, without personal data. */
export type ErasureDraft = { reason: string; withName: boolean };

/**
 * Erases a person: the contact keeps its place and nothing else, and what names them or tells how to reach them is taken
 * out of every text there is, also of those that the one who asks cannot see; they are told nothing of these. What
 * remains is who erased whom by id, when and why. The files are swept afterwards, see sweepAfterErasure.
 * @throws NotFound for a contact of another customer, or one that was erased
 */
export async function eraseContact(
  tx: Tx,
  customer: ManagedCustomer,
  { contact, draft }: { contact: Contact; draft: ErasureDraft },
): Promise<Erasure> {
  if (contact.customer_id !== customer.id || contact.erased_at !== null) throw new NotFound();
  const traces = tracesOf(contact, draft);
  await emptyContact(tx, contact);
  const counts = await redactEverywhere(tx, contact, traces);
  const id = tx.newId();
  const erasure: Erasure = {
    id,
    contact_id: contact.id,
    customer_id: customer.id,
    at: tx.now,
    person_id: tx.viewer.id,
    reason: draft.reason,
    digests: JSON.stringify(digestsOf(contact, id)),
    counts: JSON.stringify(counts),
  };
  await tx.insertInto("erasures").values(erasure).execute();
  const subject = { kind: "contact", id: contact.id };
  const payload = { customer: customer.id, reason: draft.reason, counts };
  await record(tx, { kind: "contact.erased", subject, payload });
  return erasure;
}

/**
 * After an erasure was committed: nothing of what was erased is left in the files or in memory. Copies that were made
 * before, such as backups, still hold it.
 */
export async function sweepAfterErasure({ engine }: Pick<Db, "engine">): Promise<void> {
  forgetWorlds();
  forgetRenderings();
  await engine.sweep(SWEPT);
}

async function emptyContact(tx: Tx, { id, archived_at }: Contact): Promise<void> {
  const nothing = { title: null, role: null, email: null, mobile: null, wechat: null, note: null };
  const at = { updated_at: tx.now, archived_at: archived_at ?? tx.now, erased_at: tx.now };
  await tx
    .updateTable("contacts")
    .set({ ...nothing, ...at, name: MARK, name_pinyin: "", preferred_channel: null })
    .where("id", "=", id)
    .execute();
  await unindex(tx, { kind: "contact", refId: id });
}
