import type { Route } from "../http/route.ts";
import { departmentRoutes } from "./departments.ts";
import { docsRoutes } from "./docs.ts";
import { meRoutes } from "./me.ts";
import { spacePermissionRoutes } from "./space-permissions.ts";
import { spaceRoutes } from "./spaces.ts";

const resources: Route[] = [...meRoutes, ...departmentRoutes, ...spaceRoutes, ...spacePermissionRoutes];

/** The HTTP API, and its description made from it. */
export const apiRoutes: Route[] = [...resources, ...docsRoutes(resources)];
