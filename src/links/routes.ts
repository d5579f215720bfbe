import type { Route } from "../http/route.ts";
import { customerLinkRoutes } from "./routes-customer.ts";
import { toldRoutes } from "./routes-told.ts";

export const linkRoutes: Route[] = [...customerLinkRoutes, ...toldRoutes];
