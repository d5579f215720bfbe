import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { Invalid } from "../../errors.ts";
import { CHANNELS, DIRECTIONS } from "../../interactions/channels.ts";
import { findProduct } from "../../products/queries.ts";
import { moment, name, personIdOf, text, words } from "../fields.ts";

const given = {
  contact: name.nullable().exactOptional().describe("Id of a contact of this customer"),
  product: name.nullable().exactOptional().describe("Code or id"),
  person: name.exactOptional().describe("Login of the colleague who spoke; you, when it is left out"),
  at: moment.exactOptional().describe("Now, when it is left out"),
  outcome: text(20_000),
  next_at: z.union([z.iso.date(), moment]).nullable().exactOptional().describe("When something is promised"),
  status: z.enum(["open", "done"]).exactOptional(),
};
const channel = z.enum(CHANNELS);
const direction = z.enum(DIRECTIONS);

export const newInteraction = z.strictObject({
  customer: name.describe("Key or id"),
  channel,
  direction,
  words: words(50_000),
  ...given,
});
export const interactionChanges = z.strictObject({
  channel: channel.exactOptional(),
  direction: direction.exactOptional(),
  words: words(50_000).exactOptional(),
  ...given,
});

type Outside = { contact?: string | null; product?: string | null; person?: string };

/**
 * A draft by ids: the outside names products by code and people by login.
 * @throws Invalid when there is no such product or person
 */
export async function interactionDraft<D extends Outside>(read: Reader, draft: D) {
  const { contact, product, person, ...rest } = draft;
  const spoke = person === undefined ? null : await personIdOf(read, "person", person);
  return {
    ...rest,
    ...(contact === undefined ? {} : { contact_id: contact }),
    ...(product === undefined ? {} : { product_id: await productIdOf(read, product) }),
    ...(spoke === null ? {} : { person_id: spoke }),
  };
}

async function productIdOf(read: Reader, code: string | null): Promise<string | null> {
  if (code === null) return null;
  const product = await findProduct(read, code);
  if (!product) throw new Invalid({ product: "interactions.productMissing" });
  return product.id;
}
