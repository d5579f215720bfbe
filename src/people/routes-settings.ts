import { z } from "zod";
import { Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { endSessions, later } from "../http/session.ts";
import { confirmPassword } from "./authenticate.ts";
import { setPassword } from "./commands.ts";
import { TROUBLES } from "./login-page.ts";
import { hashPassword } from "./passwords.ts";
import { endOwnSession } from "./sessions.ts";
import { settingsPage } from "./settings-page.ts";
import { newPassword } from "./setup.ts";
import { createToken, revokeToken, revokeTokens } from "./tokens.ts";

const DAY_MS = 86_400_000;
const id = z.strictObject({ id: z.string().max(100) });
const passwordChange = z.strictObject({
  password: z.string().min(1).max(1000),
  new_password: newPassword,
  tokens: z.literal("on").exactOptional(),
});
const tokenDraft = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scope: z.enum(["read", "write"]),
  days: z.enum(["", "30", "90", "365"]),
});

/** What people set for themselves. */
export const settingsRoutes = [
  route({
    method: "get",
    path: "/settings",
    needs: "member",
    query: z.strictObject({ trouble: z.enum(TROUBLES).optional() }),
    action: (ctx) => settingsPage(ctx, {}, ctx.query.trouble),
  }),
  route({
    method: "post",
    path: "/settings/password",
    needs: "member",
    body: passwordChange,
    refused: (ctx, refusal) => settingsPage(ctx, { password: refusal }),
    action: (ctx) => changePassword(ctx),
  }),
  route({
    method: "post",
    path: "/settings/sessions/end",
    needs: "member",
    action: ({ write, viewer, session, t }) =>
      write(async (tx) => {
        await endSessions(tx, viewer.id, session?.hash);
        return redirect("/settings", [flash(t("people.sessionsEnded"))]);
      }),
  }),
  route({
    method: "post",
    path: "/settings/sessions/:id/end",
    needs: "member",
    params: id,
    action: ({ write, params, t }) =>
      write(async (tx) => {
        await endOwnSession(tx, params.id);
        return redirect("/settings", [flash(t("people.sessionEnded"))]);
      }),
  }),
  route({
    method: "post",
    path: "/settings/tokens",
    needs: "member",
    body: tokenDraft,
    refused: (ctx, refusal) => settingsPage(ctx, { token: refusal }),
    action: ({ write, viewer, t, body: { name, scope, days } }) =>
      write(async (tx) => {
        const expires_at = days === "" ? null : later(tx.now, Number(days) * DAY_MS);
        const { secret } = await createToken(tx, { person_id: viewer.id, name, scope, expires_at });
        return page("people/token", { title: t("people.tokenMade"), name, secret });
      }),
  }),
  route({
    method: "post",
    path: "/settings/tokens/:id/revoke",
    needs: "member",
    params: id,
    action: ({ write, params, t }) =>
      write(async (tx) => {
        await revokeToken(tx, params.id);
        return redirect("/settings", [flash(t("people.tokenRevoked"))]);
      }),
  }),
];

async function changePassword(ctx: Ctx<"member", unknown, unknown, z.infer<typeof passwordChange>>): Promise<Reply> {
  const { deps, viewer, session, body, t } = ctx;
  await confirmPassword(deps, viewer, body.password);
  if (body.new_password === body.password) throw new Invalid({ new_password: "people.samePassword" });
  const passwordHash = await hashPassword(body.new_password);
  return ctx.write(async (tx) => {
    await setPassword(tx, viewer, passwordHash);
    await endSessions(tx, viewer.id, session?.hash);
    if (body.tokens) await revokeTokens(tx, viewer);
    return redirect("/settings", [flash(t("people.passwordChanged"))]);
  });
}
