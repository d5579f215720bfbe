import type { Reader } from "../../access/reader.ts";
import type { Consent, Contact, Customer } from "../../db/schema.ts";
import { CONSENT_CHANNELS, type ConsentChannel } from "./channels.ts";

/** A statement with the name of the colleague who wrote it down. */
export type Stated = Consent & { person: string };

/** What a contact said about channels, the newest statement first. */
export const listConsents = (read: Reader, contact: Pick<Contact, "id">): Promise<Stated[]> =>
  read
    .selectFrom("visible_consents as consent")
    .innerJoin("people as person", "person.id", "consent.created_by")
    .selectAll("consent")
    .select("person.name as person")
    .where("consent.contact_id", "=", contact.id)
    .orderBy("consent.at", "desc")
    .orderBy("consent.created_at", "desc")
    .orderBy("consent.id")
    .execute();

type Statement = Pick<Consent, "channel" | "status">;

/** What counts now of a channel: the newest statement. @param newestFirst as listConsents gives them */
export const standingOf = (newestFirst: readonly Statement[], channel: ConsentChannel) =>
  newestFirst.find((one) => one.channel === channel && one.status !== "preferred")?.status ?? "unknown";

/** By which channels somebody must not be reached. @param newestFirst as listConsents gives them */
export const withdrawnIn = (newestFirst: readonly Statement[]): ConsentChannel[] =>
  CONSENT_CHANNELS.filter((channel) => standingOf(newestFirst, channel) === "withdrawn");

/** The same for all contacts of a customer, by id; those who withdrew nothing are left out. */
export async function listWithdrawn(
  read: Reader,
  customer: Pick<Customer, "id">,
): Promise<Map<string, ConsentChannel[]>> {
  const rows = await read
    .selectFrom("visible_consents")
    .select(["contact_id", "channel", "status"])
    .where("customer_id", "=", customer.id)
    .orderBy("at", "desc")
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  const withdrawn = [...Map.groupBy(rows, (row) => row.contact_id)].map(
    ([id, some]) => [id, withdrawnIn(some)] as const,
  );
  return new Map(withdrawn.filter(([, channels]) => channels.length > 0));
}
