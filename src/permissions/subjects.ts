import { getEntries, type Permissions } from "../access/entries.ts";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Page, Space } from "../db/schema.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { pageToManage } from "../pages/policy.ts";
import { getPage } from "../pages/queries.ts";
import { spaceUrl } from "../pages/urls.ts";
import { spaceToManage } from "../spaces/policy.ts";
import { getSpace } from "../spaces/queries.ts";
import { releasePage, restrictPage, setSpaceEntries } from "./commands.ts";
import type { Ground } from "./effect.ts";
import { getOuterScope, listChain, listScopesBelow, listScopesOfSpaces } from "./queries.ts";
import { pagePermissionsUrl, spacePermissionsUrl } from "./urls.ts";

/** A space or a page whose permissions are set on a screen of its own. */
export type Subject = {
  name: string;
  kind: "space" | "page";
  /** Of the screen, and of the thing itself. */
  url: string;
  homeUrl: string;
  space: Space;
  /** The scope where its permissions stand; a page without any shares that of what is above it. */
  scopeId: string;
  stored: Permissions;
  /** What counts if nothing is said here, the nearest first, as far as the viewer may know it. */
  above: Permissions[];
  scopes: { scope_id: string; pages: number }[];
  /** Changes it. @returns the scope it hangs in afterwards */
  set: (tx: Tx, to: Permissions) => Promise<string>;
};

/** @throws NotFound, Forbidden */
export async function getSpaceSubject(read: Reader, viewer: Viewer, key: string): Promise<Subject> {
  const space = spaceToManage(viewer, await getSpace(read, key));
  const scopes = (await listScopesOfSpaces(read, [space.id])).get(space.id) ?? [];
  return {
    name: space.name,
    kind: "space",
    url: spacePermissionsUrl(space),
    homeUrl: spaceUrl(space),
    space,
    scopeId: space.scope_id,
    stored: await getEntries({ read }, space),
    above: [],
    scopes,
    set: async (tx, to) => {
      await setSpaceEntries(tx, spaceToManage(tx.viewer, await getSpace(tx.read, space.id)), to);
      return space.scope_id;
    },
  };
}

/** @throws NotFound, Forbidden */
export async function getPageSubject(read: Reader, viewer: Viewer, id: string): Promise<Subject> {
  const page = pageToManage(viewer, await getPage(read, id));
  const outer = await getOuterScope(read, page);
  const nothing: Permissions = { entries: [], restricted: false };
  return {
    name: page.title,
    kind: "page",
    url: pagePermissionsUrl(page),
    homeUrl: pageUrl(page),
    space: await getSpace(read, page.space_id),
    scopeId: page.scope_id,
    stored: page.scope_id === outer ? nothing : await getEntries({ read }, page),
    above: await listChain(read, outer),
    scopes: await listScopesBelow(read, page),
    set: (tx, to) => setPage(tx, page, { to, outer }),
  };
}

/** The pages that the change concerns, by scope: the subject itself comes first. */
export function groundOf({ name, scopeId, scopes }: Subject, scopeAfter: string): Ground {
  const counts = new Map(scopes.map((row) => [row.scope_id, row.pages]));
  const own = { id: scopeId, before: scopeId, after: scopeAfter, pages: counts.get(scopeId) ?? 0 };
  const inner = [...counts].filter(([id]) => id !== scopeId);
  return { name, places: [own, ...inner.map(([id, pages]) => ({ id, before: id, after: id, pages }))] };
}

/** Without entries, and not restricted, a page has no permissions of its own. */
async function setPage(tx: Tx, { id }: Page, { to, outer }: { to: Permissions; outer: string }): Promise<string> {
  const page = pageToManage(tx.viewer, await getPage(tx.read, id));
  if (to.entries.length > 0 || to.restricted) return restrictPage(tx, page, to);
  await releasePage(tx, page);
  return outer;
}
