import { z } from "zod";
import { Invalid, NotFound } from "../../errors.ts";
import { flash, localPath, page, type Reply, redirect } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import { onward } from "../arrival.ts";
import { confirmPassword } from "../authenticate.ts";
import { settingsPage } from "../settings-page.ts";
import { beginAttempt } from "./attempt.ts";
import { comeBack } from "./coming-back.ts";
import { findIdentity, requestIdentity, unlinkIdentity } from "./identities.ts";
import { addressOf } from "./provider.ts";

const proof = z.strictObject({ password: z.string().min(1).max(1000) });
type Proved = Ctx<"member", unknown, unknown, z.infer<typeof proof>>;
/** Providers add what they like to the address people come back to. */
const anything = z.record(z.string().max(100), z.string().max(4000));

export const singleSignOnRoutes = [
  route({
    method: "get",
    path: "/login/oidc",
    needs: "anyone",
    query: z.strictObject({ next: onward.next }),
    action: (ctx) => setOut(ctx),
  }),
  route({
    method: "get",
    path: "/login/oidc/callback",
    needs: "anyone",
    query: anything,
    action: (ctx) => comeBack(ctx),
  }),
  route({
    method: "post",
    path: "/settings/identity",
    needs: "member",
    body: proof,
    refused: (ctx, refusal) => again(ctx, refusal),
    action: (ctx) => setOutToLink(ctx),
  }),
  route({
    method: "post",
    path: "/settings/identity/removal",
    needs: "member",
    body: proof,
    refused: (ctx, refusal) => again(ctx, refusal),
    action: (ctx) => unlink(ctx),
  }),
];

const again = (ctx: Ctx, refusal: Refusal): Promise<Reply> => settingsPage(ctx, { identity: refusal });

async function setOut({ deps, query, viewer }: Ctx<"anyone", unknown, { next?: string | undefined }>): Promise<Reply> {
  const { signOn } = deps.config;
  if (!signOn) throw new NotFound();
  const next = localPath(query.next);
  if (viewer) return redirect(next);
  const { attempt, cookie } = beginAttempt(deps.random, next);
  const address = await addressOf(deps, signOn, attempt);
  return typeof address === "string"
    ? redirect(`/login?${new URLSearchParams({ trouble: address, next })}`)
    : redirect(address.href, [cookie]);
}

/**
 * After the password was right: the way to the provider, as a link, because a form may lead nowhere but here
 * (Content-Security-Policy, form-action).
 */
async function setOutToLink(ctx: Proved): Promise<Reply> {
  const { deps, viewer, body, t } = ctx;
  const { signOn } = deps.config;
  if (!signOn) throw new NotFound();
  await confirmPassword(deps, viewer, body.password);
  if (await findIdentity(deps.db, { personId: viewer.id, issuer: signOn.issuer })) return redirect("/settings");
  const { attempt, cookie } = beginAttempt(deps.random, "/settings");
  const address = await addressOf(deps, signOn, attempt);
  if (typeof address === "string") throw new Invalid({ password: [`signIn.${address}`, { name: signOn.name }] });
  return ctx.write(async (tx) => {
    await requestIdentity(tx, attempt.hash);
    const model = { title: t("signIn.linkTitle", { name: signOn.name }), name: signOn.name, address: address.href };
    return page("people/single-sign-on/link", model, { cookies: [cookie] });
  });
}

async function unlink(ctx: Proved): Promise<Reply> {
  const { deps, viewer, body, t } = ctx;
  await confirmPassword(deps, viewer, body.password);
  return ctx.write(async (tx) => {
    await unlinkIdentity(tx, viewer);
    return redirect("/settings", [flash(t("signIn.unlinked"))]);
  });
}
