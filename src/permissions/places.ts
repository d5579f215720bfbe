import type { Reader } from "../access/reader.ts";
import { listConfidential, listGroups } from "../customers/group-queries.ts";
import type { T } from "../i18n/i18n.ts";
import { nameOfGroup } from "./customers.ts";
import { listRestrictedPages, type PermissionChange } from "./history.ts";
import { listManagedSpaces } from "./queries.ts";
import { customerPermissionsUrl, groupUrl, pagePermissionsUrl, spacePermissionsUrl } from "./urls.ts";

type Place = { name: string; url: string };

type Moved = { customer: string; from: string; undoUrl: string };

/** The customers that changes put into groups, with where they came from and the way back, as far as the viewer manages both. */
export async function listMoved(
  read: Reader,
  t: T,
  changes: PermissionChange[],
): Promise<(change: PermissionChange) => Moved | undefined> {
  const ids = ["", ...changes.flatMap(({ moved }) => moved?.customer ?? [])];
  const customers = await read
    .selectFrom("visible_customers")
    .select(["id", "name"])
    .where("id", "in", ids)
    .orderBy("id")
    .execute();
  const groups = ids.length > 1 ? await listGroups(read) : [];
  return ({ moved }) => {
    const customer = customers.find(({ id }) => id === moved?.customer);
    const from = groups.find(({ id }) => id === moved?.from);
    if (!customer || !from) return undefined;
    const undoUrl = `${groupUrl(from)}/customers?${new URLSearchParams({ put: customer.id })}`;
    return { customer: customer.name, from: nameOfGroup(t, from), undoUrl };
  };
}

/** What changes are about, of all that the viewer manages; nothing for what is gone. */
export async function listPlaces(
  read: Reader,
  t: T,
  changes: PermissionChange[],
): Promise<(change: PermissionChange) => Place | undefined> {
  const [byScope, released] = [await listScopePlaces(read, t), await listReleased(read, changes)];
  return (change) => (change.released === null ? byScope.get(change.scopeId) : released.get(change.released));
}

async function listScopePlaces(read: Reader, t: T): Promise<Map<string, Place>> {
  const [spaces, pages] = [await listManagedSpaces(read), await listRestrictedPages(read)];
  const [groups, customers] = [await listGroups(read), await listConfidential(read)];
  return new Map<string, Place>([
    ...spaces.map((space) => [space.scope_id, { name: space.name, url: spacePermissionsUrl(space) }] as const),
    ...pages.map((page) => [page.scope_id, { name: page.title, url: pagePermissionsUrl(page) }] as const),
    ...groups.map((group) => [group.id, { name: nameOfGroup(t, group), url: groupUrl(group) }] as const),
    ...customers.map(
      (customer) => [customer.scope_id, { name: customer.name, url: customerPermissionsUrl(customer) }] as const,
    ),
  ]);
}

/** Pages and customers that inherit again. */
async function listReleased(read: Reader, changes: PermissionChange[]): Promise<Map<string, Place>> {
  const ids = ["", ...changes.flatMap((change) => change.released ?? [])];
  const pages = await read
    .selectFrom("visible_pages")
    .select(["id", "title"])
    .where("id", "in", ids)
    .orderBy("id")
    .execute();
  const customers = await read
    .selectFrom("visible_customers")
    .select(["id", "key", "name"])
    .where("id", "in", ids)
    .orderBy("id")
    .execute();
  return new Map<string, Place>([
    ...pages.map((page) => [page.id, { name: page.title, url: pagePermissionsUrl(page) }] as const),
    ...customers.map(
      (customer) => [customer.id, { name: customer.name, url: customerPermissionsUrl(customer) }] as const,
    ),
  ]);
}
