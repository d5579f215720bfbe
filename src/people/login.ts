import { z } from "zod";
import { localPath, page, type Reply, redirect } from "../http/reply.ts";
import type { Ctx } from "../http/route.ts";
import { route } from "../http/route.ts";
import { endSession, startSession } from "../http/session.ts";
import { authenticate } from "./authenticate.ts";
import { firstPasswordPage, sessionCookie } from "./first-password.ts";
import { isInhabited } from "./queries.ts";

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
    asOneself: true,
    action: async ({ deps, session }) => {
      if (session) await endSession(deps.db, session.hash);
      return redirect("/login", [{ name: "session", value: "", maxAge: 0 }]);
    },
  }),
];

async function logIn(ctx: Ctx<"anyone", unknown, unknown, z.infer<typeof credentials>>): Promise<Reply> {
  const { deps, body, t } = ctx;
  const resume = readResume(body.resume);
  const found = await authenticate(deps, body);
  if ("refused" in found)
    return loginPage({ next: localPath(body.next), login: body.login, error: t(found.refused), resume }, found.status);
  if (found.initial_at) return firstPasswordPage(t, { login: body.login, next: localPath(body.next) });
  if (ctx.session) await endSession(deps.db, ctx.session.hash);
  const started = await startSession(deps, found.id);
  const cookies = [sessionCookie(started.secret)];
  return resume
    ? page("people/resume", { title: t("people.resumeTitle"), resume, csrf: started.csrf }, { cookies })
    : redirect(localPath(body.next), cookies);
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
