import { page } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { listHistory, listRestrictedPages } from "./history.ts";
import { listCompany, nameAll } from "./names.ts";
import { listMoved, listPlaces } from "./places.ts";
import { refuseOthers } from "./policy.ts";
import { presentHistory } from "./present-history.ts";
import { presentRail } from "./present-rail.ts";
import { pagePermissionsUrl } from "./urls.ts";

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
      const placeOf = await listPlaces(read, t, changes);
      const movedOf = await listMoved(read, t, changes);
      const around = { names: nameAll(t, company), people: company.people, placeOf, movedOf };
      const history = presentHistory(t, changes, around);
      return page("permissions/history", { title: t("access.history"), history, ...presentRail(t, "history") });
    },
  }),
];
