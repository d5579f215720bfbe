import { eraseRoutes } from "./erase/routes.ts";
import { exportRoutes } from "./export/routes.ts";
import { looksRoutes } from "./routes-looks.ts";

export const privacyRoutes = [...looksRoutes, ...exportRoutes, ...eraseRoutes];
