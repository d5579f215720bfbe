import type { Reader } from "../access/reader.ts";
import { page } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { listHistory, listRestrictedPages } from "./history.ts";
import { listCompany, nameAll } from "./names.ts";
import { refuseOthers } from "./policy.ts";
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
      refuseOthers(viewer);
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
      refuseOthers(viewer);
      const [company, changes] = [await listCompany(read), await listHistory(read, { limit: CHANGES_SHOWN })];
      const around = { names: nameAll(t, company), people: company.people, scopes: await listScopeNames(read) };
      const history = presentHistory(t, changes, around).filter((change) => change.subject && change.lines.length > 0);
      return page("permissions/history", { title: t("access.history"), history, ...presentRail(t, "history") });
    },
  }),
];

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
