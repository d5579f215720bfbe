import type { Reader } from "../../access/reader.ts";
import { type CustomerChanges, type CustomerDraft, changeCustomer, createCustomer } from "../../customers/commands.ts";
import { customersToEdit, customerToEdit } from "../../customers/policy.ts";
import { findCustomer, listExternalIds } from "../../customers/queries.ts";
import type { Customer } from "../../db/schema.ts";
import type { Row } from "../csv/read.ts";
import { findByExternalId, findOwner, listBy, listByName, only } from "./lookups.ts";
import { differences, ownerOf, type Save, type Saving } from "./saving.ts";

const FACTS = ["founded", "revenue", "employees", "address", "city", "postalCode", "email", "source"];

/**
 * Takes over one customer: the one with the same external id, else the same credit code, domain, or key or full name.
 * Cells that are empty leave what is known.
 */
export const saveCustomer: Save = async (saving) => {
  const { tx, row } = saving;
  const given = { ...fieldsOf(row), ...(await ownerField(saving)) };
  const known = await findKnown(tx.read, saving, given);
  const customer = known ?? (await createCustomer(tx, customersToEdit(tx.viewer), { ...given, ...idsOf(saving) }));
  const changes = known ? await changesOf(tx.read, saving, { known, given }) : {};
  const isChanged = Object.keys(changes).length > 0;
  if (known && isChanged) await changeCustomer(tx, customerToEdit(tx.viewer, known), changes);
  linkParent(saving, customer);
  return {
    outcome: known ? (isChanged ? "changed" : "unchanged") : "made",
    url: `/c/${encodeURIComponent(customer.key)}`,
  };
};

const COLUMNS = [
  ["key", "key"],
  ["shortName", "short_name"],
  ["segment", "segment"],
  ["industry", "industry"],
  ["region", "region"],
  ["website", "website"],
  ["phone", "phone"],
  ["channel", "preferred_channel"],
  ["note", "note"],
] as const;

const fieldsOf = ({ values, lists }: Row): CustomerDraft => {
  const facts = Object.fromEntries(FACTS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
  const given: CustomerDraft = { name: values.name ?? "" };
  for (const [field, column] of COLUMNS) {
    const value = values[field];
    if (value !== undefined) given[column] = value;
  }
  return {
    ...given,
    ...(values.tier && { tier: tierOf(values.tier) }),
    ...(values.domain && { domain: values.domain.toLowerCase() }),
    ...(values.creditCode && { credit_code: values.creditCode.toUpperCase() }),
    ...(lists.aliases && { aliases: lists.aliases }),
    ...(Object.keys(facts).length > 0 && { facts }),
  };
};

const TIERS: Record<string, string[]> = {
  A: ["a（重点客户）", "重点客户", "重点", "hot", "a级", "a类"],
  B: ["b（普通客户）", "普通客户", "普通", "warm", "b级", "b类"],
  C: ["c（非优先客户）", "非优先客户", "cold", "c级", "c类"],
};

const tierOf = (written: string): string => {
  const word = written.trim().toLowerCase();
  return (
    Object.keys(TIERS).find((tier) => tier.toLowerCase() === word || TIERS[tier]?.includes(word)) ?? written.trim()
  );
};

const ownerField = async (saving: Saving): Promise<{ owner_id?: string }> => {
  const owner_id = await ownerOf(saving);
  return owner_id === undefined ? {} : { owner_id };
};

/** Nobody with another credit code is the same company, whatever they are called. */
const findKnown = async (
  read: Reader,
  { row, system }: Saving,
  given: CustomerDraft,
): Promise<Customer | undefined> => {
  const id = row.values.externalId;
  const fits = (customer: Customer): boolean =>
    !given.credit_code || !customer.credit_code || customer.credit_code === given.credit_code;
  const byId = id === undefined ? undefined : await findByExternalId(read, system, id);
  if (byId) return byId;
  const byCode = given.credit_code ? only(await listBy(read, "credit_code", given.credit_code)) : undefined;
  if (byCode) return byCode;
  const byDomain = given.domain ? only((await listBy(read, "domain", given.domain)).filter(fits)) : undefined;
  if (byDomain) return byDomain;
  const byKey = given.key ? await findCustomer(read, given.key) : undefined;
  if (byKey) return byKey;
  return only(
    (await listByName(read, given.name)).filter((customer) => customer.name === given.name && fits(customer)),
  );
};

const idsOf = ({ row: { values }, system }: Saving): Pick<CustomerDraft, "external_ids"> =>
  values.externalId === undefined
    ? {}
    : { external_ids: [{ system, object_type: "customer", external_id: values.externalId }] };

type Comparing = { known: Customer; given: CustomerDraft };

const changesOf = async (read: Reader, saving: Saving, { known, given }: Comparing): Promise<CustomerChanges> => {
  const facts = given.facts && { ...readFacts(known), ...given.facts };
  const changes: CustomerChanges = differences(known, { ...given, ...(facts && { facts }) });
  const { external_ids: added = [] } = idsOf(saving);
  const ids = await listExternalIds(read, known);
  const isNew = added.filter(
    ({ system, external_id }) => !ids.some((id) => id.system === system && id.external_id === external_id),
  );
  return isNew.length === 0 ? changes : { ...changes, external_ids: [...ids, ...isNew] };
};

const readFacts = (customer: Customer): Record<string, string> => JSON.parse(customer.facts);

/** A parent may stand in a later row. */
const linkParent = ({ row, system, later }: Saving, customer: Customer): void => {
  const name = row.values.parent;
  if (name === undefined) return;
  later(async (tx, note) => {
    const parent = await findOwner(tx.read, system, name);
    const child = await findCustomer(tx.read, customer.id);
    if (!parent) note("parent", ["imports.unknownName", { name }]);
    else if (child && child.parent_id !== parent.id)
      await changeCustomer(tx, customerToEdit(tx.viewer, child), { parent_id: parent.id });
  });
};
