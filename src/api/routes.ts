import type { Route } from "../http/route.ts";
import { contactRoutes } from "./contacts/routes.ts";
import { knowledgeRoutes } from "./customers/knowledge.ts";
import { ownedProductRoutes } from "./customers/owned.ts";
import { customerRoutes } from "./customers/routes.ts";
import { docsRoutes } from "./docs.ts";
import { interactionRoutes } from "./interactions/routes.ts";
import { linkRoutes } from "./links/routes.ts";
import { pageAccessRoutes } from "./pages/access.ts";
import { historyRoutes } from "./pages/history.ts";
import { pagePermissionRoutes } from "./pages/permissions.ts";
import { placeRoutes } from "./pages/place.ts";
import { pageRoutes } from "./pages/routes.ts";
import { savingRoutes } from "./pages/saving.ts";
import { departmentRoutes } from "./people/departments.ts";
import { meRoutes } from "./people/me.ts";
import { productRoutes } from "./products/routes.ts";
import { searchRoutes } from "./search/routes.ts";
import { spacePermissionRoutes } from "./spaces/permissions.ts";
import { spaceRoutes } from "./spaces/routes.ts";

const resources: Route[] = [
  ...meRoutes,
  ...departmentRoutes,
  ...spaceRoutes,
  ...spacePermissionRoutes,
  ...pageRoutes,
  ...savingRoutes,
  ...placeRoutes,
  ...historyRoutes,
  ...pagePermissionRoutes,
  ...pageAccessRoutes,
  ...customerRoutes,
  ...ownedProductRoutes,
  ...knowledgeRoutes,
  ...productRoutes,
  ...contactRoutes,
  ...interactionRoutes,
  ...linkRoutes,
  ...searchRoutes,
];

/** The HTTP API, and its description made from it. */
export const apiRoutes: Route[] = [...resources, ...docsRoutes(resources)];
