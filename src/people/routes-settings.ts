import { z } from "zod";
import { Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { endSessions, later } from "../http/session.ts";
import { authenticate } from "./authenticate.ts";
import { setPassword } from "./commands.ts";
import { hashPassword } from "./passwords.ts";
import { presentSettings } from "./present-settings.ts";
import { endOwnSession, listSessions } from "./sessions.ts";
import { newPassword } from "./setup.ts";
import { createToken, listTokens, revokeToken } from "./tokens.ts";

const DAY_MS = 86_400_000;
const id = z.strictObject({ id: z.string().max(100) });
const passwordChange = z.strictObject({ password: z.string().min(1).max(1000), new_password: newPassword });
const tokenDraft = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scope: z.enum(["read", "write"]),
  days: z.enum(["", "30", "90", "365"]),
});

/** What people set for themselves. */
export const settingsRoutes = [
  route({ method: "get", path: "/settings", needs: "member", action: (ctx) => settings(ctx) }),
  route({
    method: "post",
    path: "/settings/password",
    needs: "member",
    body: passwordChange,
    refused: (ctx, refusal) => settings(ctx, refusal),
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
    refused: (ctx, refusal) => settings(ctx, refusal),
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

async function settings(ctx: Ctx, refusal?: Refusal): Promise<Reply> {
  const { deps, viewer, session, t, locale, now } = ctx;
  const [sessions, tokens] = [await listSessions(deps.db, viewer.id, now), await listTokens(deps.db, viewer.id, now)];
  const model = presentSettings(t, {
    refusal: refusal ?? { fields: {}, errors: {}, values: {} },
    chosen: { locale: session?.person.locale ?? locale, theme: session?.person.theme ?? "auto" },
    sessions,
    own: session?.hash,
    tokens,
  });
  return page("people/settings", model, { status: refusal ? 422 : 200 });
}

async function changePassword(ctx: Ctx<"member", unknown, unknown, z.infer<typeof passwordChange>>): Promise<Reply> {
  const { deps, viewer, session, body, t } = ctx;
  const found = await authenticate(deps, { login: viewer.login, password: body.password });
  if ("refused" in found)
    throw new Invalid({ password: found.status === 429 ? found.refused : "people.currentPasswordWrong" });
  if (body.new_password === body.password) throw new Invalid({ new_password: "people.samePassword" });
  const passwordHash = await hashPassword(body.new_password);
  return ctx.write(async (tx) => {
    await setPassword(tx, viewer, passwordHash);
    await endSessions(tx, viewer.id, session?.hash);
    return redirect("/settings", [flash(t("people.passwordChanged"))]);
  });
}
