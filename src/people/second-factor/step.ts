import { z } from "zod";
import { inTransaction, type Tx } from "../../access/transaction.ts";
import { findViewer, type Viewer } from "../../access/viewer.ts";
import { localPath, page, type Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { letIn, type Onward, onward, readResume, signIn } from "../arrival.ts";
import { loginPage } from "../login-page.ts";
import { presentResume } from "../present-resume.ts";
import { forgetTries, takeTry } from "../throttle.ts";
import { newRecoveryCodes, newSecret } from "./codes.ts";
import { beginSecondFactor, confirmSecondFactor, useCode } from "./commands.ts";
import { beginHalf, endHalves, findHalf, noHalf } from "./half.ts";
import { presentEnrolment } from "./present.ts";
import { findSecondFactor, needsSecondFactor, type SecondFactor } from "./queries.ts";

const typed = z.strictObject({ code: z.string().max(100), ...onward });
type Typed = Ctx<"anyone", unknown, unknown, z.infer<typeof typed>>;
type Arriving = Pick<Ctx<"anyone">, "deps" | "session" | "t">;

/** The second step of the login: a code, or, for whom it is asked for the first time, the way to one. */
export const stepRoutes = [
  route({
    method: "post",
    path: "/login/code",
    needs: "anyone",
    body: typed,
    limit: 2_500_000,
    action: (ctx) => withHalf(ctx, enterCode),
  }),
  route({
    method: "post",
    path: "/login/second-factor",
    needs: "anyone",
    body: typed,
    limit: 2_500_000,
    action: (ctx) => withHalf(ctx, enrol),
  }),
];

/** Goes on after the password was right: to the door, or to what is asked beside it. */
export async function afterPassword(ctx: Arriving, personId: string, to: Onward): Promise<Reply> {
  const { deps, t } = ctx;
  const viewer = await findViewer(deps.db, personId, { now: deps.now() });
  const factor = await findSecondFactor(deps.db, personId);
  if (viewer && factor?.confirmed_at) return withCookie(codePage(ctx, to), await beginHalf(deps, personId));
  if (!viewer || !needsSecondFactor(deps.config, viewer)) return letIn(ctx, personId, to);
  const secret = newSecret(deps.random);
  await inTransaction(deps.db, viewer, deps, (tx) => beginSecondFactor(tx, viewer, secret));
  const model = presentEnrolment(t, { secret, login: viewer.login, site: siteOf(ctx) });
  return withCookie(enrolPage(model, to), await beginHalf(deps, personId));
}

type Half = { viewer: Viewer; factor: SecondFactor };

/** Finds whose password was right, and counts the try. */
async function withHalf(ctx: Typed, then: (ctx: Typed, half: Half) => Promise<Reply>): Promise<Reply> {
  const { deps, t, body } = ctx;
  const id = (await findHalf(deps, ctx.cookie("half"))) ?? "";
  const viewer = await findViewer(deps.db, id, { now: deps.now() });
  const factor = await findSecondFactor(deps.db, id);
  if (!viewer || !factor) return withCookie(loginPage({ ...onwardOf(body), error: t("signIn.halfOver") }, 401), noHalf);
  if (!(await takeTry(deps, tryOf(viewer)))) return codePage(ctx, body, { error: t("people.mustWait"), status: 429 });
  return then(ctx, { viewer, factor });
}

async function enterCode(ctx: Typed, { viewer, factor }: Half): Promise<Reply> {
  const { body, t } = ctx;
  if (!(await asThem(ctx, viewer, (tx) => useCode(tx, factor, body.code))))
    return codePage(ctx, body, { error: t("signIn.codeWrong"), status: 401 });
  await wasRight(ctx, viewer);
  return withCookie(await letIn(ctx, viewer.id, body), noHalf);
}

async function enrol(ctx: Typed, { viewer, factor }: Half): Promise<Reply> {
  const { deps, body, t } = ctx;
  const recoveryCodes = newRecoveryCodes(deps.random);
  const { code, ...to } = body;
  if (!(await asThem(ctx, viewer, (tx) => confirmSecondFactor(tx, factor, { code, recoveryCodes })))) {
    const shown = { secret: factor.secret, login: viewer.login, site: siteOf(ctx) };
    if (factor.confirmed_at) return codePage(ctx, body);
    return enrolPage(presentEnrolment(t, shown, { code: t("signIn.codeWrong") }), to, 401);
  }
  await wasRight(ctx, viewer);
  const { csrf, cookies } = await signIn(ctx, viewer.id);
  const model = { title: t("signIn.recoveryCodes"), recoveryCodes, next: localPath(body.next), csrf };
  const kept = readResume(body.resume);
  const resume = kept ? presentResume(t, kept) : null;
  return page("people/second-factor/welcome", { ...model, resume }, { cookies: [...cookies, noHalf] });
}

const tryOf = ({ id }: Viewer): string => `code:${id}`;
const siteOf = ({ t }: Pick<Arriving, "t">): string => t("shared.product");
const onwardOf = ({ next, resume }: Onward): Onward => ({ next, resume });

const asThem = ({ deps }: Typed, viewer: Viewer, work: (tx: Tx) => Promise<boolean>): Promise<boolean> =>
  inTransaction(deps.db, viewer, deps, work);

async function wasRight({ deps }: Typed, viewer: Viewer): Promise<void> {
  await forgetTries(deps, tryOf(viewer));
  await endHalves(deps, viewer.id);
}

/** Asks for the code; a wrong one is never shown again. */
function codePage({ t }: Pick<Arriving, "t">, to: Onward, { error = "", status = 200 } = {}): Reply {
  return page("people/second-factor/code", { title: t("signIn.codeTitle"), error, ...carried(to) }, { status });
}

const enrolPage = (model: object, to: Onward, status = 200): Reply =>
  page("people/second-factor/first", { ...model, ...carried(to) }, { status });

const carried = ({ next, resume }: Onward) => {
  const kept = readResume(resume);
  return { next: localPath(next), resumeJson: kept ? JSON.stringify(kept) : "" };
};

const withCookie = (reply: Reply, cookie: typeof noHalf): Reply =>
  "cookies" in reply ? { ...reply, cookies: [...reply.cookies, cookie] } : reply;
