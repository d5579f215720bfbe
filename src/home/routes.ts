import { presentNotices } from "../admin/break-glass/notices.ts";
import { listMyCustomers } from "../customers/mine.ts";
import { customerUrl } from "../customers/urls.ts";
import { page } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { listOldAnswers } from "../links/told.ts";
import { listRecentPages } from "../pages/queries.ts";
import { listPeopleById } from "../people/queries.ts";
import { listSpaces } from "../spaces/queries.ts";
import { hueOf } from "../views/frame.ts";
import { presentFirstSteps, presentOldAnswer, presentPromise, presentRecent } from "./present.ts";
import { listMyPromises } from "./queries.ts";

const ROWS = 8;
const ALL = 200;

export const homeRoutes = [
  route({ method: "get", path: "/", needs: "member", action: showHome }),
  route({
    method: "get",
    path: "/promises",
    needs: "member",
    action: async ({ read, viewer, t, now }) => {
      const promises = await listMyPromises(read, viewer, ALL);
      return page("home/promises", {
        title: t("home.promises"),
        promises: promises.map((promise) => presentPromise(promise, { t, now })),
      });
    },
  }),
];

async function showHome({ deps, read, viewer, t, now }: Ctx) {
  const [promises, oldAnswers, recent, spaces, customers] = await Promise.all([
    listMyPromises(read, viewer, ROWS + 1),
    listOldAnswers(read, viewer),
    listRecentPages(read, { limit: ROWS + 2 }),
    listSpaces(read),
    listMyCustomers(read, viewer),
  ]);
  const people = await listPeopleById(
    read,
    recent.map((one) => one.updated_by),
  );
  const names = { spaces: new Map(spaces.map((space) => [space.id, space.name])), people };
  return page("home/show", {
    title: t("shared.home"),
    notices: await presentNotices(deps.db, viewer, now),
    greeting: t("home.greeting", { name: viewer.name }),
    promises: promises.slice(0, ROWS).map((promise) => presentPromise(promise, { t, now })),
    morePromises: promises.length > ROWS,
    oldAnswers: oldAnswers.slice(0, ROWS).map(presentOldAnswer),
    waits: promises.length > 0 || oldAnswers.length > 0,
    moreOldAnswers: oldAnswers.length > ROWS,
    recent: recent.map((one) => presentRecent(one, names)),
    customers: customers.map((one) => ({
      name: one.short_name ?? one.name,
      url: customerUrl(one),
      hue: hueOf(one.key),
    })),
    firstSteps: recent.length === 0 ? presentFirstSteps(viewer, t) : [],
  });
}
