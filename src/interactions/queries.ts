import type { Reader } from "../access/reader.ts";
import type { Customer, Interaction, Product } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

export const findInteraction = (read: Reader, id: string): Promise<Interaction | undefined> =>
  read.selectFrom("visible_interactions").selectAll().where("id", "=", id).executeTakeFirst();

/** @throws NotFound */
export async function getInteraction(read: Reader, id: string): Promise<Interaction> {
  const interaction = await findInteraction(read, id);
  if (!interaction) throw new NotFound();
  return interaction;
}

/** What was said with a customer, or about a product, newest first. */
export const listInteractions = (
  read: Reader,
  of: { customer?: Pick<Customer, "id">; product?: Pick<Product, "id">; channel?: string | undefined; limit: number },
): Promise<Interaction[]> =>
  read
    .selectFrom("visible_interactions")
    .selectAll()
    .where((eb) =>
      eb.and([
        ...(of.customer ? [eb("customer_id", "=", of.customer.id)] : []),
        ...(of.product ? [eb("product_id", "=", of.product.id)] : []),
        ...(of.channel ? [eb("channel", "=", of.channel)] : []),
      ]),
    )
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(of.limit)
    .execute();

/** Promises to a customer that are still open, the most urgent first. */
export const listPromises = (read: Reader, customer: Pick<Customer, "id">): Promise<Interaction[]> =>
  read
    .selectFrom("visible_interactions")
    .selectAll()
    .where("customer_id", "=", customer.id)
    .where("status", "=", "open")
    .where("next_at", "is not", null)
    .orderBy("next_at")
    .orderBy("id")
    .execute();
