import type { Route } from "../http/route.ts";
import { customerPageRoutes } from "./routes-page.ts";

export const customerRoutes: Route[] = [...customerPageRoutes];
