import { z } from "zod";
import { localPath, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { endSession } from "../http/session.ts";
import { onward } from "./arrival.ts";
import { authenticate } from "./authenticate.ts";
import { firstPasswordPage } from "./first-password.ts";
import { loginPage, sayTrouble, TROUBLES } from "./login-page.ts";
import { isInhabited } from "./queries.ts";
import { afterPassword } from "./second-factor/step.ts";

const credentials = z.strictObject({ login: z.string().max(200), password: z.string().max(1000), ...onward });

export const loginRoutes = [
  route({
    method: "get",
    path: "/login",
    needs: "anyone",
    query: z.strictObject({ next: onward.next, trouble: z.enum(TROUBLES).optional() }),
    action: async ({ deps, viewer, query, t }) => {
      if (viewer) return redirect(localPath(query.next));
      if (!(await isInhabited(deps.db))) return redirect("/setup");
      return loginPage({ next: query.next, error: sayTrouble(t, deps.config.signOn, query.trouble) });
    },
  }),
  route({
    method: "post",
    path: "/login",
    needs: "anyone",
    body: credentials,
    limit: 2_500_000,
    action: async (ctx) => logIn(ctx),
  }),
  route({
    method: "post",
    path: "/logout",
    needs: "member",
    asOneself: true,
    action: async ({ deps, session }) => {
      if (session) await endSession(deps.db, session.hash);
      const cleared = { "Clear-Site-Data": '"cache"' };
      return redirect("/login", [{ name: "session", value: "", maxAge: 0 }], cleared);
    },
  }),
];

async function logIn(ctx: Ctx<"anyone", unknown, unknown, z.infer<typeof credentials>>): Promise<Reply> {
  const { deps, body, t } = ctx;
  const found = await authenticate(deps, { ...body, ip: ctx.ip });
  if ("refused" in found) {
    const { login, next, resume } = body;
    return loginPage({ login, next, resume, error: t(found.refused) }, found.status);
  }
  if (found.initial_at) return firstPasswordPage(t, { login: body.login, next: localPath(body.next) });
  return afterPassword(ctx, found.id, body);
}
