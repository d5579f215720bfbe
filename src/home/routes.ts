import { page } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { listSpaces } from "../spaces/queries.ts";

export const homeRoutes = [
  route({
    method: "get",
    path: "/",
    needs: "member",
    action: async ({ read, t }) => page("home/show", { title: t("shared.home"), spaces: await listSpaces(read) }),
  }),
];
