import type { Route } from "../http/route.ts";
import { customerFormRoutes } from "./routes-form.ts";
import { customerPageRoutes } from "./routes-page.ts";

export const customerRoutes: Route[] = [...customerFormRoutes, ...customerPageRoutes];
