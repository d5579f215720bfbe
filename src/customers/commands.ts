import type { Allowed } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import { nameKeys } from "../analyzer/pinyin.ts";
import { looksLikeId } from "../db/portable.ts";
import type { Customer, ExternalId } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import { customerDocument } from "../search/documents.ts";
import { index } from "../search/index.ts";
import { companyKey, keyFrom } from "./names.ts";
import type { EditableCustomer } from "./policy.ts";
import { findCustomer } from "./queries.ts";

export type ExternalIdDraft = Pick<ExternalId, "system" | "object_type" | "external_id"> & { url?: string | null };

type Given = Pick<
  Customer,
  | "short_name"
  | "tier"
  | "segment"
  | "industry"
  | "region"
  | "owner_id"
  | "parent_id"
  | "website"
  | "domain"
  | "phone"
  | "credit_code"
  | "preferred_channel"
  | "note"
>;
/** `key` is made of the name when it is not given; `facts` are further fields as texts: revenue, employees, founded, office. */
export type CustomerDraft = { name: string } & Partial<Given> & {
    key?: string;
    aliases?: string[];
    facts?: Record<string, string>;
    external_ids?: ExternalIdDraft[];
  };
/** What is left out stays as it is; null and empty lists take away. */
export type CustomerChanges = Partial<CustomerDraft>;

const NOTHING_GIVEN: Given = {
  short_name: null,
  tier: null,
  segment: null,
  industry: null,
  region: null,
  owner_id: null,
  parent_id: null,
  website: null,
  domain: null,
  phone: null,
  credit_code: null,
  preferred_channel: null,
  note: null,
};

/**
 * Adds a customer to a scope: that of all customers, or a confidential one.
 * @throws Invalid when the viewer can see another customer with this key, when it looks like an id, or for a parent they cannot see
 */
export async function createCustomer(
  tx: Tx,
  scope: Allowed<{ scope_id: string }, "edit">,
  draft: CustomerDraft,
): Promise<Customer> {
  const { aliases = [], facts = {}, external_ids = [], key: wanted, ...given } = draft;
  const customer: Customer = {
    ...NOTHING_GIVEN,
    ...given,
    ...namesOf(draft.name, given.short_name ?? null, aliases),
    domain: given.domain ?? domainOf(given.website),
    id: tx.newId(),
    scope_id: scope.scope_id,
    key: wanted ?? (await freeKey(tx, keyFrom(given.short_name, draft.name))),
    facts: JSON.stringify(facts),
    created_at: tx.now,
    created_by: tx.viewer.id,
    updated_at: tx.now,
    archived_at: null,
  };
  if (wanted !== undefined) await refuseWrongKey(tx, customer);
  await refuseWrongParent(tx, customer);
  await tx.insertInto("customers").values(customer).execute();
  await replaceExternalIds(tx, customer, external_ids);
  await index(tx, customerDocument(customer));
  await record(tx, { kind: "customer.created", subject: { kind: "customer", id: customer.id } });
  return customer;
}

/** @throws Invalid as createCustomer, and when a customer would become its own parent */
export async function changeCustomer(tx: Tx, customer: EditableCustomer, changes: CustomerChanges): Promise<Customer> {
  const { aliases, facts, external_ids, ...given } = changes;
  const name = given.name ?? customer.name;
  const shortName = given.short_name === undefined ? customer.short_name : given.short_name;
  const changed: Customer = {
    ...customer,
    ...given,
    ...namesOf(name, shortName, aliases ?? JSON.parse(customer.aliases)),
    domain: given.domain ?? (given.website === undefined ? customer.domain : domainOf(given.website)),
    facts: facts === undefined ? customer.facts : JSON.stringify(facts),
    updated_at: tx.now,
  };
  if (changed.key !== customer.key) await refuseWrongKey(tx, changed);
  if (changed.parent_id !== customer.parent_id) await refuseWrongParent(tx, changed);
  await tx.updateTable("customers").set(changed).where("id", "=", customer.id).execute();
  if (external_ids) await replaceExternalIds(tx, customer, external_ids);
  await index(tx, customerDocument(changed));
  await record(tx, {
    kind: "customer.changed",
    subject: { kind: "customer", id: customer.id },
    payload: { fields: Object.keys(changes) },
  });
  return changed;
}

const namesOf = (name: string, shortName: string | null, aliases: string[]) => ({
  name,
  short_name: shortName,
  aliases: JSON.stringify(aliases),
  name_key: companyKey(name),
  name_pinyin: nameKeys([name, ...(shortName ? [shortName] : []), ...aliases]),
});

/** `https://www.example.com/x` → `example.com` */
const domainOf = (website: string | null | undefined): string | null =>
  /^(?:https?:\/\/)?(?:www\.)?([^/:?#\s]+\.[^/:?#\s]+)/i.exec(website ?? "")?.[1]?.toLowerCase() ?? null;

/** Only a key the viewer can see counts as taken: the answer says nothing about hidden customers. */
async function freeKey(tx: Tx, key: string): Promise<string> {
  if (!(await findCustomer(tx.read, key))) return key;
  return `${key}-${tx
    .newId()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 5)}`;
}

/** A key like an id could answer for another customer, hidden ones too. */
async function refuseWrongKey(tx: Tx, customer: Customer): Promise<void> {
  if (looksLikeId(customer.key)) throw new Invalid({ key: "customers.keyLikeId" });
  const other = await findCustomer(tx.read, customer.key);
  if (other && other.id !== customer.id) throw new Invalid({ key: "customers.keyTaken" });
}

async function refuseWrongParent(tx: Tx, customer: Customer): Promise<void> {
  if (customer.parent_id === null) return;
  const above = await listAncestors(tx, customer.parent_id);
  if (above.length === 0) throw new Invalid({ parent: "customers.parentMissing" });
  if (above.includes(customer.id)) throw new Invalid({ parent: "customers.parentOfItself" });
}

/** The visible customer with this id and those above it, nearest first. */
async function listAncestors(tx: Tx, from: string): Promise<string[]> {
  const above: string[] = [];
  for (let id: string | null = from; id !== null && !above.includes(id); ) {
    const parent: Pick<Customer, "id" | "parent_id"> | undefined = await tx.read
      .selectFrom("visible_customers")
      .select(["id", "parent_id"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (parent) above.push(parent.id);
    id = parent?.parent_id ?? null;
  }
  return above;
}

async function replaceExternalIds(tx: Tx, customer: Pick<Customer, "id">, drafts: ExternalIdDraft[]): Promise<void> {
  await tx.deleteFrom("external_ids").where("customer_id", "=", customer.id).execute();
  if (drafts.length === 0) return;
  await tx
    .insertInto("external_ids")
    .values(drafts.map((draft) => ({ url: null, ...draft, customer_id: customer.id })))
    .onConflict((oc) => oc.doNothing())
    .execute();
}
