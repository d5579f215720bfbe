import { accessRoutes } from "./routes-access.ts";
import { groupingRoutes } from "./routes-grouping.ts";
import { groupRoutes } from "./routes-groups.ts";
import { matrixRoutes } from "./routes-matrix.ts";
import { overviewRoutes } from "./routes-overview.ts";
import { sightRoutes } from "./routes-sight.ts";
import { subjectRoutes } from "./routes-subject.ts";
import { viewAsRoutes } from "./routes-view-as.ts";

export const permissionRoutes = [
  ...matrixRoutes,
  ...overviewRoutes,
  ...subjectRoutes,
  ...accessRoutes,
  ...groupRoutes,
  ...groupingRoutes,
  ...sightRoutes,
  ...viewAsRoutes,
];
