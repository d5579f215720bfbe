import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import { NotFound } from "../errors.ts";
import { page } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { listHistory, listRestrictedPages } from "./history.ts";
import { listCompany, nameAll } from "./names.ts";
import { presentHistory } from "./present-history.ts";
import { presentRail } from "./present-rail.ts";
import { listManagedSpaces } from "./queries.ts";
import { pagePermissionsUrl, spacePermissionsUrl } from "./urls.ts";

const CHANGES_SHOWN = 100;

/** What has been set, and what was changed, on everything that the viewer manages. */
export const overviewRoutes = [
  route({
    method: "get",
    path: "/permissions/pages",
    needs: "member",
    action: async ({ read, viewer, t }) => {
      await refuseOthers(read, viewer);
      const pages = (await listRestrictedPages(read)).map((row) => ({
        title: row.title,
        url: pageUrl(row),
        space: row.space,
        isRestricted: row.restricted_at !== null,
        permissionsUrl: pagePermissionsUrl(row),
      }));
      return page("permissions/pages", { title: t("access.restrictedPages"), pages, ...presentRail(t, "pages") });
    },
  }),
  route({
    method: "get",
    path: "/permissions/history",
    needs: "member",
    action: async ({ read, viewer, t }) => {
      await refuseOthers(read, viewer);
      const [company, changes] = [await listCompany(read), await listHistory(read, { limit: CHANGES_SHOWN })];
      const around = { names: nameAll(t, company), people: company.people, scopes: await listScopeNames(read) };
      const history = presentHistory(t, changes, around).filter((change) => change.subject && change.lines.length > 0);
      return page("permissions/history", { title: t("access.history"), history, ...presentRail(t, "history") });
    },
  }),
];

/** @throws NotFound for who manages nothing */
async function refuseOthers(read: Reader, viewer: Viewer): Promise<void> {
  if (viewer.manages.size === 0 && (await listManagedSpaces(read)).length === 0) throw new NotFound();
}

async function listScopeNames(read: Reader): Promise<Map<string, { name: string; url: string }>> {
  const [spaces, pages] = [await listManagedSpaces(read), await listRestrictedPages(read)];
  return new Map([
    ...spaces.map((space): [string, { name: string; url: string }] => [
      space.scope_id,
      { name: space.name, url: spacePermissionsUrl(space) },
    ]),
    ...pages.map((row): [string, { name: string; url: string }] => [
      row.scope_id,
      { name: row.title, url: pagePermissionsUrl(row) },
    ]),
  ]);
}
