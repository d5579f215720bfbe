import { getEntries, type Permissions } from "../access/entries.ts";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Page } from "../db/schema.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { pageToManage } from "../pages/policy.ts";
import { getPage } from "../pages/queries.ts";
import { spaceToManage } from "../spaces/policy.ts";
import { getSpace } from "../spaces/queries.ts";
import { spaceUrl } from "../spaces/urls.ts";
import { releasePage, restrictPage, setSpaceEntries } from "./commands.ts";
import type { Ground } from "./effect.ts";
import { getOuterScope, listChain, listScopesBelow, listScopesOfSpaces } from "./queries.ts";
import { pagePermissionsUrl, spacePermissionsUrl } from "./urls.ts";

/** What has permissions on a screen of its own: a space, a page, a group of customers, or one customer. */
export type Subject = {
  id: string;
  name: string;
  kind: "space" | "page" | "group" | "customer";
  /** Of the screen, of the thing itself, and of what stands around it. */
  url: string;
  homeUrl: string;
  around: { name: string; url: string } | null;
  /** The group whose permissions a customer follows. */
  group?: { name: string; url: string } | undefined;
  /** Id of the department that owns it; empty where the viewer cannot know. */
  owner: string;
  unit: Ground["unit"];
  /** The scope where its permissions stand; a page or customer without any shares that of what is above it. */
  scopeId: string;
  /** Whether that scope is its own. */
  isOwn: boolean;
  stored: Permissions;
  /** What counts if nothing is said here, the nearest first, as far as the viewer may know it. */
  above: Permissions[];
  scopes: { scope_id: string; count: number }[];
  /** Changes it. @returns the scope it hangs in afterwards */
  set: (tx: Tx, to: Permissions) => Promise<string>;
};

export const NOTHING_SAID: Permissions = { entries: [], restricted: false };

/** @throws NotFound, Forbidden */
export async function getSpaceSubject(read: Reader, viewer: Viewer, key: string): Promise<Subject> {
  const space = spaceToManage(viewer, await getSpace(read, key));
  return {
    id: space.id,
    name: space.name,
    kind: "space",
    url: spacePermissionsUrl(space),
    homeUrl: spaceUrl(space),
    around: { name: space.name, url: spaceUrl(space) },
    owner: space.department_id,
    unit: "pages",
    scopeId: space.scope_id,
    isOwn: true,
    stored: await getEntries({ read }, space),
    above: [],
    scopes: (await listScopesOfSpaces(read, [space.id])).get(space.id) ?? [],
    set: async (tx, to) => {
      await setSpaceEntries(tx, spaceToManage(tx.viewer, await getSpace(tx.read, space.id)), to);
      return space.scope_id;
    },
  };
}

/** @throws NotFound, Forbidden */
export async function getPageSubject(read: Reader, viewer: Viewer, id: string): Promise<Subject> {
  const page = pageToManage(viewer, await getPage(read, id));
  const [outer, space] = [await getOuterScope(read, page), await getSpace(read, page.space_id)];
  const isOwn = page.scope_id !== outer;
  return {
    id: page.id,
    name: page.title,
    kind: "page",
    url: pagePermissionsUrl(page),
    homeUrl: pageUrl(page),
    around: { name: space.name, url: spaceUrl(space) },
    owner: space.department_id,
    unit: "pages",
    scopeId: page.scope_id,
    isOwn,
    stored: isOwn ? await getEntries({ read }, page) : NOTHING_SAID,
    above: await listChain(read, outer),
    scopes: await listScopesBelow(read, page),
    set: (tx, to) => setPage(tx, page, { to, outer }),
  };
}

/** What the change concerns, by scope: the subject itself comes first. */
export function groundOf({ name, unit, scopeId, scopes }: Subject, scopeAfter: string): Ground {
  const counts = new Map(scopes.map((row) => [row.scope_id, row.count]));
  const own = { id: scopeId, before: scopeId, after: scopeAfter, count: counts.get(scopeId) ?? 0 };
  const inner = [...counts].filter(([id]) => id !== scopeId);
  return { name, unit, places: [own, ...inner.map(([id, count]) => ({ id, before: id, after: id, count }))] };
}

/** Without entries, and not restricted, a page has no permissions of its own. */
async function setPage(tx: Tx, { id }: Page, { to, outer }: { to: Permissions; outer: string }): Promise<string> {
  const page = pageToManage(tx.viewer, await getPage(tx.read, id));
  if (to.entries.length > 0 || to.restricted) return restrictPage(tx, page, to);
  await releasePage(tx, page);
  return outer;
}
