import { getEntries, type Permissions, replaceEntries } from "../access/entries.ts";
import { allow } from "../access/grant.ts";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import { endConfidence, makeConfidential } from "../customers/confidential.ts";
import { type Group, getGroup, listGroups } from "../customers/group-queries.ts";
import { customerToManage, isConfidential } from "../customers/policy.ts";
import { getCustomer } from "../customers/queries.ts";
import { customerUrl } from "../customers/urls.ts";
import type { Customer } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { findOwner, listChain, listCustomersByScope } from "./queries.ts";
import { NOTHING_SAID, type Subject } from "./subjects.ts";
import { customerPermissionsUrl, GROUPS_URL, groupUrl } from "./urls.ts";

/** What a group is called; the one that exists from the start has no name of its own. */
export const nameOfGroup = (t: T, group: Pick<Group, "name">): string => group.name ?? t("access.allCustomers");

type Around = { read: Reader; viewer: Viewer; t: T };

/** The permissions of a group of customers. @throws NotFound for groups that the viewer does not manage */
export async function getGroupSubject({ read, viewer, t }: Around, id: string): Promise<Subject> {
  const group = await getGroup(read, id);
  const scope = allow(viewer, { scope_id: group.id }, "manage");
  return {
    id: group.id,
    name: nameOfGroup(t, group),
    kind: "group",
    url: groupUrl(group),
    homeUrl: `${groupUrl(group)}/customers`,
    around: { name: t("access.customerGroups"), url: GROUPS_URL },
    owner: group.department_id ?? "",
    unit: "customers",
    scopeId: group.id,
    isOwn: true,
    stored: await getEntries({ read }, scope),
    above: [],
    scopes: await listCustomersByScope(read, group.id),
    set: async (tx, to) => {
      await replaceEntries(tx, allow(tx.viewer, scope, "manage"), to);
      return group.id;
    },
  };
}

/** The permissions of one customer: with any of its own it is confidential. @throws NotFound, Forbidden */
export async function getCustomerSubject({ read, viewer, t }: Around, key: string): Promise<Subject> {
  const customer = customerToManage(viewer, await getCustomer(read, key));
  const isOwn = isConfidential(customer);
  const chain = await listChain(read, customer.scope_id);
  return {
    id: customer.id,
    name: customer.name,
    kind: "customer",
    url: customerPermissionsUrl(customer),
    homeUrl: customerUrl(customer),
    around: { name: customer.name, url: customerUrl(customer) },
    group: await findGroup(read, t, customer.scope_id),
    owner: await findOwner(read, customer.scope_id),
    unit: "one",
    scopeId: customer.scope_id,
    isOwn,
    stored: isOwn ? await getEntries({ read }, customer) : NOTHING_SAID,
    above: isOwn ? chain.slice(1) : chain,
    scopes: [{ scope_id: customer.scope_id, count: 1 }],
    set: (tx, to) => setCustomer(tx, customer, to),
  };
}

/** The group that a customer is in, for those who manage it. */
async function findGroup(read: Reader, t: T, scopeId: string): Promise<Subject["group"]> {
  const group = (await listGroups(read)).find(({ id }) => id === scopeId);
  return group && { name: nameOfGroup(t, group), url: groupUrl(group) };
}

async function setCustomer(tx: Tx, { id }: Customer, to: Permissions): Promise<string> {
  const customer = customerToManage(tx.viewer, await getCustomer(tx.read, id));
  if (to.entries.length > 0 || to.restricted) return (await makeConfidential(tx, customer, to)).scope_id;
  return isConfidential(customer) ? (await endConfidence(tx, customer)).scope_id : customer.scope_id;
}
