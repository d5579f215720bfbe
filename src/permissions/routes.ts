import { accessRoutes } from "./routes-access.ts";
import { matrixRoutes } from "./routes-matrix.ts";
import { overviewRoutes } from "./routes-overview.ts";
import { subjectRoutes } from "./routes-subject.ts";
import { viewAsRoutes } from "./routes-view-as.ts";

export const permissionRoutes = [
  ...matrixRoutes,
  ...overviewRoutes,
  ...subjectRoutes,
  ...accessRoutes,
  ...viewAsRoutes,
];
