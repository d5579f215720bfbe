import type { Reader } from "../access/reader.ts";
import type { Customer, ExternalId } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import type { CustomerChanges, ExternalIdDraft } from "./commands.ts";
import { type CustomerForm, FORM_FACTS } from "./forms.ts";
import { companyKey } from "./names.ts";
import { findCustomer, findHiddenParent } from "./queries.ts";

/**
 * What a form means: people and parents by the names that were typed, facts beside those an import brought along.
 * @param before the customer that is changed
 * @throws Invalid for an owner or parent that nobody has heard of, and for a line that is no id
 */
export async function readCustomerForm(
  read: Reader,
  form: CustomerForm,
  before?: { customer: Customer; externalIds: ExternalId[] },
): Promise<CustomerChanges & { name: string }> {
  const { owner, parent, key, external_ids, another: _, revenue, employees, founded, office, ...given } = form;
  const typed = { revenue, employees, founded, office };
  return {
    ...given,
    ...(key ? { key } : {}),
    ...(owner === undefined ? {} : { owner_id: await findOwner(read, owner) }),
    ...(parent === undefined ? {} : { parent_id: await findParent(read, parent, before?.customer) }),
    ...(external_ids === undefined ? {} : { external_ids: readExternalIds(external_ids, before?.externalIds ?? []) }),
    facts: joinFacts(before ? JSON.parse(before.customer.facts) : {}, typed),
  };
}

/** Another customer of the same name that the viewer can see: perhaps it is the same one. */
export const findNamesake = (read: Reader, name: string): Promise<Customer | undefined> =>
  read
    .selectFrom("visible_customers")
    .selectAll()
    .where("name_key", "=", companyKey(name))
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();

async function findOwner(read: Reader, written: string | null): Promise<string | null> {
  if (written === null) return null;
  const people = await read
    .selectFrom("people")
    .select(["id", "login"])
    .where((eb) => eb.or([eb("login", "=", written.toLowerCase()), eb("name", "=", written)]))
    .where("deactivated_at", "is", null)
    .orderBy("login")
    .execute();
  const found = people.find((person) => person.login === written.toLowerCase()) ?? people[0];
  if (!found || people.length > 1) throw new Invalid({ owner: found ? "customers.ownerSeveral" : "people.unknown" });
  return found.id;
}

async function findParent(read: Reader, written: string | null, before?: Customer): Promise<string | null> {
  if (written === null) return before ? findHiddenParent(read, before) : null;
  const parent = (await findCustomer(read, written)) ?? (await findNamesake(read, written));
  if (!parent) throw new Invalid({ parent: "customers.parentMissing" });
  return parent.id;
}

/** Each line: the system, the id there and, if there is one, its address. What kind of object it is there stays. */
function readExternalIds(written: string | null, before: ExternalId[]): ExternalIdDraft[] {
  const lines = (written ?? "").split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [, system = "", external_id = "", url] = /^\s*(\S.*?)\s+(\S+)(?:\s+(https?:\/\/\S+))?\s*$/i.exec(line) ?? [];
    if (external_id === "" || system.length > 60 || external_id.length > 200)
      throw new Invalid({ external_ids: ["customers.externalIdsRule", { line: line.trim() }] });
    const known = before.find((one) => one.system === system && one.external_id === external_id);
    return { system, external_id, object_type: known?.object_type ?? "Account", url: url ?? null };
  });
}

/** A fact that was emptied goes; one the form lacks stays. */
function joinFacts(
  before: Record<string, string>,
  typed: Record<(typeof FORM_FACTS)[number], string | null | undefined>,
): Record<string, string> {
  const facts = new Map(Object.entries(before));
  for (const name of FORM_FACTS) {
    const fact = typed[name];
    if (fact === null) facts.delete(name);
    else if (fact !== undefined) facts.set(name, fact);
  }
  return Object.fromEntries(facts);
}
