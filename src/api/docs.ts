import { z } from "zod";
import { json, page } from "../http/reply.ts";
import { type Route, route } from "../http/route.ts";
import { describeApi } from "./openapi.ts";
import { presentApi } from "./present.ts";

/** The description of `resources` and of itself: as OpenAPI, and as a page for people. */
export function docsRoutes(resources: Route[]): Route[] {
  const specification = route({
    method: "get",
    path: "/api/v1/openapi.json",
    needs: "anyone",
    summary: "This description",
    answers: { status: 200, schema: z.looseObject({ openapi: z.literal("3.1.0") }) },
    action: () => json(description),
  });
  const description = describeApi([...resources, specification]);
  const model = presentApi(description);
  return [
    specification,
    route({
      method: "get",
      path: "/api",
      needs: "anyone",
      action: ({ t, deps: { config } }) => {
        const origin = config.baseUrl ?? `http://${config.host}:${config.port}`;
        return page("api/show", { title: t("api.title"), origin, ...model });
      },
    }),
  ];
}
