import { z } from "zod";
import { Invalid } from "../../errors.ts";
import { flash, page, type Reply, redirect } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import { confirmPassword } from "../authenticate.ts";
import { settingsPage } from "../settings-page.ts";
import { forgetTries, takeTry } from "../throttle.ts";
import { newRecoveryCodes, newSecret } from "./codes.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  replaceRecoveryCodes,
  useCode,
} from "./commands.ts";
import { presentEnrolment } from "./present.ts";
import { findSecondFactor, needsSecondFactor } from "./queries.ts";
import { stepRoutes } from "./step.ts";

const password = z.string().min(1).max(1000);
const code = z.string().min(1).max(100);
const both = z.strictObject({ password, code });
type Both = Ctx<"member", unknown, unknown, z.infer<typeof both>>;

export const secondFactorRoutes = [
  ...stepRoutes,
  route({
    method: "post",
    path: "/settings/second-factor",
    needs: "member",
    body: z.strictObject({ password }),
    refused: (ctx, refusal) => again(ctx, refusal),
    action: (ctx) => begin(ctx),
  }),
  route({
    method: "post",
    path: "/settings/second-factor/confirmation",
    needs: "member",
    body: z.strictObject({ code }),
    refused: (ctx, refusal) => enrolment(ctx, refusal),
    action: (ctx) => confirm(ctx),
  }),
  route({
    method: "post",
    path: "/settings/second-factor/removal",
    needs: "member",
    body: both,
    refused: (ctx, refusal) => again(ctx, refusal),
    action: (ctx) => remove(ctx),
  }),
  route({
    method: "post",
    path: "/settings/second-factor/recovery-codes",
    needs: "member",
    body: both,
    refused: (ctx, refusal) => again(ctx, refusal),
    action: (ctx) => renewCodes(ctx),
  }),
];

const again = (ctx: Ctx, refusal: Refusal): Promise<Reply> => settingsPage(ctx, { secondFactor: refusal });

async function begin(ctx: Ctx<"member", unknown, unknown, { password: string }>): Promise<Reply> {
  const { deps, viewer, body } = ctx;
  await confirmPassword(deps, viewer, body.password);
  const secret = newSecret(deps.random);
  await ctx.write(async (tx) => {
    await beginSecondFactor(tx, viewer, secret);
    return redirect("/settings");
  });
  return enrolment(ctx);
}

/** The picture of the secret, until a code of it was shown. */
async function enrolment(ctx: Ctx, refusal?: Refusal): Promise<Reply> {
  const { deps, viewer, t } = ctx;
  const factor = await findSecondFactor(deps.db, viewer.id);
  if (!factor || factor.confirmed_at) return redirect("/settings");
  const shown = { secret: factor.secret, login: viewer.login, site: t("shared.product") };
  const model = presentEnrolment(t, shown, refusal?.errors);
  return page("people/second-factor/new", model, { status: refusal ? 422 : 200 });
}

async function confirm(ctx: Ctx<"member", unknown, unknown, { code: string }>): Promise<Reply> {
  const { deps, viewer, body } = ctx;
  const factor = await findSecondFactor(deps.db, viewer.id);
  if (!factor || factor.confirmed_at) return redirect("/settings");
  await countTry(ctx);
  const recoveryCodes = newRecoveryCodes(deps.random);
  const reply = await ctx.write(async (tx) => {
    const right = await confirmSecondFactor(tx, factor, { code: body.code, recoveryCodes });
    if (!right) throw new Invalid({ code: "signIn.codeWrong" });
    return codesPage(ctx, recoveryCodes);
  });
  await forgetTries(deps, tryOf(ctx));
  return reply;
}

async function remove(ctx: Both): Promise<Reply> {
  if (needsSecondFactor(ctx.deps.config, ctx.viewer)) throw new Invalid({ code: "signIn.secondFactorNeeded" });
  return withBoth(ctx, (use) =>
    ctx.write(async (tx) => {
      await use(tx);
      await removeSecondFactor(tx, ctx.viewer);
      return redirect("/settings", [flash(ctx.t("signIn.secondFactorRemoved"))]);
    }),
  );
}

async function renewCodes(ctx: Both): Promise<Reply> {
  const recoveryCodes = newRecoveryCodes(ctx.deps.random);
  return withBoth(ctx, (use) =>
    ctx.write(async (tx) => {
      await use(tx);
      await replaceRecoveryCodes(tx, ctx.viewer, recoveryCodes);
      return codesPage(ctx, recoveryCodes);
    }),
  );
}

type Use = (tx: Parameters<typeof useCode>[0]) => Promise<void>;

/** Asks for the password and a code together. @throws Invalid */
async function withBoth(ctx: Both, then: (use: Use) => Promise<Reply>): Promise<Reply> {
  const { deps, viewer, body } = ctx;
  const factor = await findSecondFactor(deps.db, viewer.id);
  await confirmPassword(deps, viewer, body.password);
  await countTry(ctx);
  const reply = await then(async (tx) => {
    if (!factor || !(await useCode(tx, factor, body.code))) throw new Invalid({ code: "signIn.codeWrong" });
  });
  await forgetTries(deps, tryOf(ctx));
  return reply;
}

const tryOf = ({ viewer }: Pick<Ctx, "viewer">): string => `code:${viewer.id}`;

/** @throws Invalid after too many wrong codes */
async function countTry(ctx: Pick<Ctx, "deps" | "viewer">): Promise<void> {
  if (!(await takeTry(ctx.deps, tryOf(ctx)))) throw new Invalid({ code: "people.mustWait" });
}

const codesPage = ({ t }: Pick<Ctx, "t">, recoveryCodes: string[]): Reply =>
  page("people/second-factor/codes", { title: t("signIn.recoveryCodes"), recoveryCodes });
