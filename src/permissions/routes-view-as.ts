import { z } from "zod";
import { flash, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { refuseOthers, refuseOtherTargets } from "./policy.ts";
import { type Asked, getDepartmentAsked, getPersonAsked } from "./targets.ts";
import { endViewingAs, startViewingAs } from "./view-as.ts";

const name = z.string().max(100);

/** To look at everything as somebody else does, as far as one sees it oneself. */
export const viewAsRoutes = [
  route({
    method: "post",
    path: "/permissions/people/:login/view-as",
    needs: "member",
    params: z.strictObject({ login: name }),
    action: async (ctx) => start(ctx, () => getPersonAsked(ctx, ctx.params.login)),
  }),
  route({
    method: "post",
    path: "/permissions/departments/:key/view-as",
    needs: "member",
    params: z.strictObject({ key: name }),
    action: async (ctx) => start(ctx, () => getDepartmentAsked(ctx, ctx.params.key)),
  }),
  route({
    method: "post",
    path: "/permissions/view-as/end",
    needs: "member",
    asOneself: true,
    action: ({ session, write, t }) =>
      write(async (tx) => {
        if (session) await endViewingAs(tx, session.hash);
        return redirect("/", [flash(t("access.viewedAs"))]);
      }),
  }),
];

async function start({ viewer, session, write }: Ctx, find: () => Promise<Asked>): Promise<Reply> {
  refuseOthers(viewer);
  const target = await find();
  refuseOtherTargets(viewer, target.viewer);
  return write(async (tx) => {
    if (session) await startViewingAs(tx, session.hash, { kind: target.kind, id: target.id });
    return redirect("/");
  });
}
