import type { Reader } from "../access/reader.ts";
import { consentNeededFor } from "../contacts/consents/channels.ts";
import { listWithdrawn } from "../contacts/consents/queries.ts";
import { nameToReach } from "../contacts/consents/say.ts";
import { findContact } from "../contacts/queries.ts";
import type { Contact, Customer, Interaction } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";

type Named = Pick<Contact, "id" | "name">;

/** Contacts to choose from, each with how not to reach them. */
export async function withWarnings(
  { read, t }: { read: Reader; t: T },
  customer: Customer,
  contacts: Named[],
): Promise<Named[]> {
  const withdrawn = await listWithdrawn(read, customer);
  return contacts.map(({ id, name }) => ({ id, name: nameToReach(t, name, withdrawn.get(id) ?? []) }));
}

/** What happened is recorded all the same; whoever did it learns that it was not wanted. */
export async function warningAbout(read: Reader, t: T, said: Interaction): Promise<string | undefined> {
  const channel = consentNeededFor(said.channel);
  if (said.direction !== "out" || said.contact_id === null || channel === undefined) return undefined;
  const withdrawn = (await listWithdrawn(read, { id: said.customer_id })).get(said.contact_id) ?? [];
  const contact = await findContact(read, said.contact_id);
  if (!contact || !withdrawn.includes(channel)) return undefined;
  return t("consents.warning", { name: contact.name, channel: t(`interactions.channel.${channel}`) });
}
