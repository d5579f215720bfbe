import type { Tx } from "../access/transaction.ts";
import type { EditableCustomer } from "../customers/policy.ts";
import type { Interaction } from "../db/schema.ts";
import { Invalid, NotFound } from "../errors.ts";
import { record } from "../events/record.ts";
import { interactionDocument } from "../search/documents.ts";
import { index } from "../search/index.ts";
import type { Channel } from "./channels.ts";

/**
 * `at` is an ISO time (default: now), `next_at` a day (`2026-11-19`) or ISO time on which something is promised.
 * `person_id` is the colleague who spoke (default: the viewer). Open while something is promised, unless `status` says otherwise.
 */
export type InteractionDraft = Pick<Interaction, "direction" | "words"> & { channel: Channel } & Partial<
    Pick<Interaction, "contact_id" | "product_id" | "person_id" | "at" | "outcome" | "next_at" | "status" | "source">
  >;

/** @throws Invalid when the contact is not one of this customer, or the product cannot be seen */
export async function recordInteraction(
  tx: Tx,
  customer: EditableCustomer,
  draft: InteractionDraft,
): Promise<Interaction> {
  const interaction: Interaction = {
    contact_id: null,
    product_id: null,
    person_id: tx.viewer.id,
    at: tx.now,
    outcome: null,
    next_at: null,
    source: null,
    status: draft.next_at ? "open" : "done",
    ...draft,
    id: tx.newId(),
    customer_id: customer.id,
    created_at: tx.now,
    created_by: tx.viewer.id,
    updated_at: tx.now,
  };
  await refuseStrangers(tx, interaction);
  await tx.insertInto("interactions").values(interaction).execute();
  await index(tx, interactionDocument(interaction, customer));
  await record(tx, happened("recorded", interaction));
  return interaction;
}

/** What is left out stays as it is. @throws Invalid as recordInteraction; NotFound when it is of another customer */
export async function changeInteraction(
  tx: Tx,
  customer: EditableCustomer,
  { interaction, changes }: { interaction: Interaction; changes: Partial<InteractionDraft> },
): Promise<Interaction> {
  if (interaction.customer_id !== customer.id) throw new NotFound();
  const changed: Interaction = { ...interaction, ...changes, updated_at: tx.now };
  await refuseStrangers(tx, changed, interaction);
  await tx.updateTable("interactions").set(changed).where("id", "=", interaction.id).execute();
  await index(tx, interactionDocument(changed, customer));
  await record(tx, happened("changed", changed));
  return changed;
}

/** A promise was kept. `outcome` says how, if anything is to be said; what was promised stays beside it. @throws NotFound as changeInteraction */
export async function completeInteraction(
  tx: Tx,
  customer: EditableCustomer,
  { interaction, outcome }: { interaction: Interaction; outcome?: string | undefined },
): Promise<Interaction> {
  const said = [interaction.outcome, outcome].filter(Boolean).join("\n");
  const changes = { status: "done" as const, ...(outcome ? { outcome: said } : {}) };
  return changeInteraction(tx, customer, { interaction, changes });
}

const happened = (what: string, interaction: Interaction) => ({
  kind: `interaction.${what}`,
  subject: { kind: "interaction", id: interaction.id },
  payload: { customer: interaction.customer_id },
});

/** What was named before and is still named needs no look: the viewer may not even see it. */
async function refuseStrangers(tx: Tx, interaction: Interaction, before?: Interaction): Promise<void> {
  const { contact_id, product_id } = interaction;
  if (contact_id !== null && contact_id !== before?.contact_id && !(await hasContact(tx, interaction, contact_id)))
    throw new Invalid({ contact: "interactions.contactMissing" });
  if (product_id !== null && product_id !== before?.product_id && !(await seesProduct(tx, product_id)))
    throw new Invalid({ product: "interactions.productMissing" });
}

const hasContact = async (tx: Tx, { customer_id }: Interaction, id: string): Promise<boolean> =>
  (await tx.read
    .selectFrom("visible_contacts")
    .select("id")
    .where("id", "=", id)
    .where("customer_id", "=", customer_id)
    .executeTakeFirst()) !== undefined;

const seesProduct = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.read.selectFrom("visible_products").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
