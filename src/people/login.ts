import { z } from "zod";
import type { Db } from "../db/open.ts";
import { type Cookie, localPath, page, type Reply, redirect } from "../http/reply.ts";
import type { Ctx } from "../http/route.ts";
import { route } from "../http/route.ts";
import { endSession, startSession } from "../http/session.ts";
import { checkPassword } from "./passwords.ts";
import { isInhabited } from "./queries.ts";
import { countFailure, forgetFailures, mustWait } from "./throttle.ts";

const DAYS_KEPT = 7;
export const sessionCookie = (secret: string): Cookie => ({
  name: "session",
  value: secret,
  maxAge: DAYS_KEPT * 86_400,
});

/** A form that was open when the session ended: it is sent on after the login. */
type Resume = { action: string; fields: { name: string; value: string }[] };

const credentials = z.strictObject({
  login: z.string().max(200),
  password: z.string().max(1000),
  next: z.string().max(2000).optional(),
  resume: z.string().max(2_000_000).optional(),
});

export const loginRoutes = [
  route({
    method: "get",
    path: "/login",
    needs: "anyone",
    query: z.strictObject({ next: z.string().max(2000).optional() }),
    action: async ({ deps, viewer, query }) => {
      if (viewer) return redirect(localPath(query.next));
      if (!(await isInhabited(deps.db))) return redirect("/setup");
      return loginPage({ next: localPath(query.next) });
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
    action: async ({ deps, session }) => {
      if (session) await endSession(deps.db, session.hash);
      return redirect("/login", [{ name: "session", value: "", maxAge: 0 }]);
    },
  }),
];

async function logIn(ctx: Ctx<"anyone", unknown, unknown, z.infer<typeof credentials>>): Promise<Reply> {
  const { deps, body, t } = ctx;
  const login = body.login.trim().toLowerCase();
  const resume = readResume(body.resume);
  const again = (error: string, status: number) =>
    loginPage({ next: localPath(body.next), login: body.login, error, resume }, status);
  const subjects = [`login:${login.slice(0, 100)}`, `ip:${ctx.ip}`];
  if (await mustWait(deps, subjects.slice(0, 1))) return again(t("people.mustWait"), 429);
  const found = await findCredentials(deps.db, login, deps.now());
  if (!(await checkPassword(found?.password_hash, body.password)) || !found) {
    await countFailure(deps, subjects.slice(0, 1));
    return again(t("people.signInFailed"), 401);
  }
  await forgetFailures(deps, subjects);
  if (ctx.session) await endSession(deps.db, ctx.session.hash);
  const started = await startSession(deps, found.id);
  const cookies = [sessionCookie(started.secret)];
  return resume
    ? page("people/resume", { title: t("people.resumeTitle"), resume, csrf: started.csrf }, { cookies })
    : redirect(localPath(body.next), cookies);
}

/** Credentials of an active person. */
function findCredentials(
  db: Db,
  login: string,
  now: string,
): Promise<{ id: string; password_hash: string } | undefined> {
  return db
    .selectFrom("people")
    .innerJoin("credentials", "credentials.person_id", "people.id")
    .select(["people.id", "credentials.password_hash"])
    .where("people.login", "=", login)
    .where("people.deactivated_at", "is", null)
    .where((eb) => eb.or([eb("people.expires_at", "is", null), eb("people.expires_at", ">", now)]))
    .executeTakeFirst();
}

type LoginModel = { next: string; login?: string; error?: string; resume?: Resume | undefined };

/** The login form; `resume` rides along so that nothing typed is lost. */
export const loginPage = (model: LoginModel, status = 200): Reply =>
  page(
    "people/login",
    { login: "", error: "", resume: undefined, ...model, resumeJson: model.resume ? JSON.stringify(model.resume) : "" },
    { status },
  );

function readResume(text: string | undefined): Resume | undefined {
  const parsed = RESUME.safeParse(text === undefined ? undefined : safeJson(text));
  return parsed.success ? parsed.data : undefined;
}

const RESUME = z.object({
  action: z.string().regex(/^\/(?![/\\])/),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).max(500),
});

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
