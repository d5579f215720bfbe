import { z } from "zod";
import { mayViewAs } from "../access/view-as.ts";
import { page, type Reply } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { listCompany, nameAll } from "./names.ts";
import { refuseOthers } from "./policy.ts";
import { presentSight } from "./present-sight.ts";
import { listSight } from "./sight.ts";
import { type Asked, getDepartmentAsked, getPersonAsked } from "./targets.ts";

const name = z.string().max(100);

/** "What can this person see?", and a member of this department? */
export const sightRoutes = [
  route({
    method: "get",
    path: "/permissions/people/:login",
    needs: "member",
    params: z.strictObject({ login: name }),
    action: (ctx) => show(ctx, () => getPersonAsked(ctx, ctx.params.login)),
  }),
  route({
    method: "get",
    path: "/permissions/departments/:key",
    needs: "member",
    params: z.strictObject({ key: name }),
    action: (ctx) => show(ctx, () => getDepartmentAsked(ctx, ctx.params.key)),
  }),
];

async function show({ read, viewer, t }: Ctx, find: () => Promise<Asked>): Promise<Reply> {
  refuseOthers(viewer);
  const asked = await find();
  const company = await listCompany(read);
  const owners = new Map(company.departments.map(({ id, name }) => [id, name]));
  const around = { principals: nameAll(t, company), owners, mayViewAs: mayViewAs(viewer, asked.viewer) };
  return page("permissions/sight", presentSight(t, asked, await listSight(read, viewer, asked.viewer), around));
}
