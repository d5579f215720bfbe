import express, { type Express } from "express";
import { adminRoutes } from "./admin/routes.ts";
import { apiRoutes } from "./api/routes.ts";
import { contactRoutes } from "./contacts/routes.ts";
import { ownedRoutes } from "./customers/owned/routes.ts";
import { customerRoutes } from "./customers/routes.ts";
import { departmentRoutes } from "./departments/routes.ts";
import { NotFound } from "./errors.ts";
import { fileRoutes } from "./files/routes.ts";
import { homeRoutes } from "./home/routes.ts";
import { serveAssets } from "./http/assets.ts";
import type { Deps } from "./http/deps.ts";
import { handleErrors, lastResort } from "./http/handle-errors.ts";
import { serveHealth } from "./http/health.ts";
import { isHttps } from "./http/identify.ts";
import { limitRate } from "./http/limit-rate.ts";
import { mount } from "./http/mount.ts";
import type { Route } from "./http/route.ts";
import { securityHeaders } from "./http/security.ts";
import { interactionRoutes } from "./interactions/routes.ts";
import { linkRoutes } from "./links/routes.ts";
import { editPageRoutes } from "./pages/editing/edit-routes.ts";
import { newPageRoutes } from "./pages/editing/new-routes.ts";
import { tagRoutes } from "./pages/editing/tag-routes.ts";
import { historyRoutes } from "./pages/history/routes.ts";
import { pageRoutes } from "./pages/routes.ts";
import { trashRoutes } from "./pages/trash/routes.ts";
import { moveRoutes } from "./pages/tree/move-routes.ts";
import { verifyingRoutes } from "./pages/verifying/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { permissionRoutes } from "./permissions/routes.ts";
import { privacyRoutes } from "./privacy/routes.ts";
import { productRoutes } from "./products/routes.ts";
import { searchRoutes } from "./search/routes.ts";
import { listNavigation } from "./spaces/navigation.ts";
import { spaceRoutes } from "./spaces/routes.ts";

/** Every route of the product, in reading order. */
export const routes: Route[] = [
  ...peopleRoutes,
  ...homeRoutes,
  ...newPageRoutes,
  ...pageRoutes,
  ...editPageRoutes,
  ...tagRoutes,
  ...historyRoutes,
  ...trashRoutes,
  ...moveRoutes,
  ...verifyingRoutes,
  ...fileRoutes,
  ...spaceRoutes,
  ...permissionRoutes,
  ...departmentRoutes,
  ...adminRoutes,
  ...customerRoutes,
  ...linkRoutes,
  ...productRoutes,
  ...searchRoutes,
  ...contactRoutes,
  ...privacyRoutes,
  ...ownedRoutes,
  ...interactionRoutes,
  ...apiRoutes,
];

/** The whole product as an Express application; it opens no port. */
export function createApp(deps: Omit<Deps, "navigation">): Express {
  const app = express();
  const all = { ...deps, navigation: listNavigation };
  app.disable("x-powered-by");
  app.enable("case sensitive routing");
  app.set("trust proxy", deps.config.proxies);
  app.set("query parser", "simple");
  app.set("etag", false);
  app.use(securityHeaders({ random: deps.random, https: isHttps(all) }));
  serveHealth(app, all);
  app.use("/assets", serveAssets(deps.assets));
  app.all("/api/v1/*rest", ...limitRate(all, all.config.apiPerMinute));
  app.all("/api/v1/search", ...limitRate(all, all.config.searchPerMinute));
  app.all(["/search", "/s/:space/preview", "/pages/:id/preview"], ...limitRate(all, all.config.apiPerMinute));
  mount(app, all, routes);
  app.use(() => {
    throw new NotFound();
  });
  app.use(handleErrors(all), lastResort(all));
  return app;
}
