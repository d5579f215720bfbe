import type { Tx } from "../../access/transaction.ts";
import type { EditableCustomer } from "../../customers/policy.ts";
import type { Consent, Contact } from "../../db/schema.ts";
import { Invalid, NotFound } from "../../errors.ts";
import { record } from "../../events/record.ts";
import type { ConsentChannel } from "./channels.ts";

/** `source`: where it was said, in words. `at`: ISO time at which they said it (default: now). */
export type ConsentDraft = {
  channel: ConsentChannel;
  status: Exclude<Consent["status"], "preferred">;
  source: string;
  at?: string;
};

/** Adds what a contact said about a channel; what they said before stays. @throws NotFound for a contact of another customer; Invalid for a time to come */
export async function recordConsent(
  tx: Tx,
  customer: EditableCustomer,
  { contact, draft }: { contact: Contact; draft: ConsentDraft },
): Promise<Consent> {
  if (contact.customer_id !== customer.id) throw new NotFound();
  if ((draft.at ?? "") > tx.now) throw new Invalid({ at: "consents.futureRule" });
  return state(tx, contact, draft);
}

/** Keeps which channel a contact prefers from now on, beside the field that says it. */
export const recordPreference = (tx: Tx, contact: Contact): Promise<Consent> =>
  state(tx, contact, { channel: contact.preferred_channel ?? "none", status: "preferred", source: "" });

type Statement = Pick<Consent, "channel" | "status" | "source"> & { at?: string };

async function state(tx: Tx, contact: Contact, statement: Statement): Promise<Consent> {
  const consent: Consent = {
    at: tx.now,
    ...statement,
    id: tx.newId(),
    contact_id: contact.id,
    customer_id: contact.customer_id,
    created_at: tx.now,
    created_by: tx.viewer.id,
    erased_at: null,
  };
  await tx.insertInto("consents").values(consent).execute();
  const { channel, status } = consent;
  const subject = { kind: "contact", id: contact.id };
  await record(tx, { kind: "contact.consent", subject, payload: { customer: contact.customer_id, channel, status } });
  return consent;
}
