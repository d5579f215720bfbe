import { createHash } from "node:crypto";
import type { Reader } from "../../access/reader.ts";
import type { Customer, Interaction } from "../../db/schema.ts";
import { channelOf, DIRECTIONS } from "../../interactions/channels.ts";
import { changeInteraction, type InteractionDraft, recordInteraction } from "../../interactions/commands.ts";
import { MARK } from "../../privacy/erase/traces.ts";
import { findProductCalled, listPeopleOf } from "./lookups.ts";
import { customerOf, differences, once, ownerOf, type Save, type Saving } from "./saving.ts";

/** Takes over one follow-up record: the one with the same id, or without ids the one that says the same. */
export const saveInteraction: Save = async (saving) => {
  const { tx } = saving;
  const customer = await customerOf(saving);
  const url = `/c/${encodeURIComponent(customer.key)}`;
  const given = await fieldsOf(saving, customer);
  const interaction = await findSame(tx.read, customer, given.source);
  if (!interaction) {
    await recordInteraction(tx, customer, given);
    return { outcome: "made", url };
  }
  if (`${interaction.words}${interaction.outcome ?? ""}`.includes(MARK)) {
    saving.note("words", ["imports.erasedWords"]);
    return { outcome: "unchanged", url };
  }
  const changes = differences(interaction, given);
  if (Object.keys(changes).length === 0) return { outcome: "unchanged", url };
  await changeInteraction(tx, customer, { interaction, changes });
  return { outcome: "changed", url };
};

const fieldsOf = async (saving: Saving, customer: Customer): Promise<InteractionDraft & { source: string }> => {
  const { values } = saving.row;
  const person_id = await ownerOf(saving);
  const contact_id = await contactOf(saving, customer);
  const product_id = await productOf(saving);
  const { at = "", words = "", outcome, next } = values;
  return {
    channel: channelOf(values.channel ?? null),
    direction: DIRECTIONS.find((one) => one === values.direction) ?? "out",
    words,
    at,
    ...(person_id && { person_id }),
    ...(contact_id && { contact_id }),
    ...(product_id && { product_id }),
    ...(outcome && { outcome }),
    ...(next && { next_at: next }),
    ...((values.status === "open" || values.status === "done") && { status: values.status }),
    source: sourceOf(saving),
  };
};

const sourceOf = ({ system, row: { values } }: Saving): string => {
  const { externalId, at, channel, direction, words } = values;
  const content = createHash("sha256")
    .update(JSON.stringify([at, channel, direction, words]))
    .digest("base64url");
  return `${system}:${externalId ?? content}`;
};

const findSame = (read: Reader, customer: Customer, source: string): Promise<Interaction | undefined> =>
  read
    .selectFrom("visible_interactions")
    .selectAll()
    .where("customer_id", "=", customer.id)
    .where("source", "=", source)
    .orderBy("id")
    .executeTakeFirst();

const contactOf = async ({ tx, row, note }: Saving, customer: Customer): Promise<string | undefined> => {
  const name = row.values.contact;
  const contact = (await listPeopleOf(tx.read, customer)).find((one) => one.name === name || one.email === name);
  if (name !== undefined && !contact) note("contact", ["imports.unknownName", { name }]);
  return contact?.id;
};

const productOf = async ({ tx, row, note, known }: Saving): Promise<string | undefined> => {
  const name = row.values.product;
  const product =
    name === undefined ? undefined : await once(known.products, name, () => findProductCalled(tx.read, name));
  if (name !== undefined && !product) note("product", ["imports.unknownName", { name }]);
  return product?.id;
};
