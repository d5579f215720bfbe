import { inTransaction } from "../../access/transaction.ts";
import { findViewer, type Viewer } from "../../access/viewer.ts";
import type { SignOn } from "../../config.ts";
import { NotFound } from "../../errors.ts";
import { type Cookie, flash, type Reply, redirect } from "../../http/reply.ts";
import type { Ctx } from "../../http/route.ts";
import { letIn } from "../arrival.ts";
import type { Trouble } from "../login-page.ts";
import { noAttempt, readAttempt } from "./attempt.ts";
import type { Claims } from "./claims.ts";
import { claimDepartments, departmentsOf } from "./departments.ts";
import { findPersonOf, linkIdentity, takeRequest } from "./identities.ts";
import { addNewcomer } from "./newcomer.ts";
import { askWho } from "./provider.ts";

type Coming = Ctx<"anyone", unknown, Record<string, string>>;

/** Somebody comes back from the provider: they are signed in, or what they are called there is linked to who they are here. */
export async function comeBack(ctx: Coming): Promise<Reply> {
  const { deps, query } = ctx;
  const { signOn } = deps.config;
  if (!signOn) throw new NotFound();
  const attempt = readAttempt(ctx.cookie("sign-on"));
  if (!attempt) return refuse(ctx, "lost");
  const claims = await askWho(deps, signOn, { attempt, answer: query });
  if (typeof claims === "string") return refuse(ctx, claims);
  const linking = await takeRequest(deps, attempt.hash);
  return linking === undefined ? arrive(ctx, { signOn, claims, next: attempt.next }) : link(ctx, claims, linking);
}

type Proved = { signOn: SignOn; claims: Claims };

/** Unknown, disabled and expired people get the same words. */
async function arrive(ctx: Coming, { signOn, claims, next }: Proved & { next: string }): Promise<Reply> {
  const { deps } = ctx;
  const personId = await findOrAdd(ctx, { signOn, claims });
  const viewer = personId === undefined ? undefined : await findViewer(deps.db, personId, { now: deps.now() });
  if (!viewer) return refuse(ctx, "unknown");
  if (signOn.departmentsClaim !== undefined) await renewDepartments(ctx, viewer, claims);
  return withCookie(await letIn(ctx, viewer.id, { next }), noAttempt);
}

async function findOrAdd({ deps }: Coming, { signOn, claims }: Proved): Promise<string | undefined> {
  const found = await findPersonOf(deps.db, claims);
  if (found !== undefined || signOn.create === "none") return found;
  try {
    return await addNewcomer(deps, claims);
  } catch (error) {
    if (!deps.db.engine.isUniqueViolation(error)) throw error;
    return findPersonOf(deps.db, claims);
  }
}

async function renewDepartments({ deps }: Coming, viewer: Viewer, claims: Claims): Promise<void> {
  const departmentIds = await departmentsOf(deps.db, claims.departments);
  await inTransaction(deps.db, viewer, deps, (tx) => claimDepartments(tx, viewer, departmentIds));
}

/** Only for who set out to link, and is still signed in. */
async function link(ctx: Coming, claims: Claims, linking: string): Promise<Reply> {
  const { deps, viewer, t, write } = ctx;
  if (!viewer || !write || viewer.id !== linking) return refuse(ctx, "lost");
  const done = redirect("/settings", [noAttempt, flash(t("signIn.linked"))]);
  try {
    return await write(async (tx) => {
      await linkIdentity(tx, viewer, claims);
      return done;
    });
  } catch (error) {
    if (!deps.db.engine.isUniqueViolation(error)) throw error;
    return refuse(ctx, "linkedElsewhere");
  }
}

/** The address they came back to holds a code: nothing is shown under it. */
const refuse = ({ viewer }: Coming, trouble: Trouble): Reply =>
  redirect(`${viewer ? "/settings" : "/login"}?trouble=${trouble}`, [noAttempt]);

const withCookie = (reply: Reply, cookie: Cookie): Reply =>
  "cookies" in reply ? { ...reply, cookies: [...reply.cookies, cookie] } : reply;
