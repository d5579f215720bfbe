import type { Reader } from "../../access/reader.ts";
import { listConsents } from "../../contacts/consents/queries.ts";
import type { Contact, Customer } from "../../db/schema.ts";
import { listSaid } from "../../interactions/queries.ts";
import { listLinkedPages } from "../../links/queries.ts";
import { listLooks } from "../looks.ts";

const MOST = 10_000;

/** All that is kept about a contact and that the viewer may see, ready to be handed to the person. */
export async function everythingAbout(read: Reader, { contact, customer }: { contact: Contact; customer: Customer }) {
  const { id, customer_id: _, created_by: __, name_pinyin: ___, ...fields } = contact;
  const [said, consents, pages, looks] = await Promise.all([
    listSaid(read, { contact }, { limit: MOST }),
    listConsents(read, contact),
    listLinkedPages(read, { kind: "contact", id }),
    listLooks(read, { customer, contact }, { limit: MOST }),
  ]);
  return {
    contact: { id, customer: customer.key, customer_name: customer.name, ...fields },
    consents: consents.map(({ channel, status, source, at, person }) => ({ channel, status, source, at, person })),
    interactions: said.items.map(({ channel, direction, at, words, outcome, next_at, status, person }) => ({
      ...{ channel, direction, at, words, outcome, next_at, status, person },
    })),
    knowledge: pages.map(({ relation, at, person, page }) => ({ page: page.title, relation, at, person })),
    looks: looks.items.map(({ at, how, fields: seen, person }) => ({ at, how, fields: seen, person })),
  };
}

export type Everything = Awaited<ReturnType<typeof everythingAbout>>;
