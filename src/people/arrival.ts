import { z } from "zod";
import { type Cookie, localPath, page, type Reply, redirect } from "../http/reply.ts";
import type { Ctx } from "../http/route.ts";
import { endSession, startSession } from "../http/session.ts";
import { presentResume } from "./present-resume.ts";

const DAYS_KEPT = 7;

/** A form that was open when the session ended: it is sent on after the login. */
export type Resume = { action: string; fields: { name: string; value: string }[] };

/** Where somebody wanted to go, and what they had typed, through all steps of signing in; both as the browser sent them. */
export const onward = {
  next: z.string().max(2000).optional(),
  resume: z.string().max(2_000_000).optional(),
};
export type Onward = { next?: string | undefined; resume?: string | undefined };

type Arriving = Pick<Ctx<"anyone">, "deps" | "session" | "t">;

/** Signs somebody in who has proved who they are, and sends them on. */
export async function letIn(ctx: Arriving, personId: string, { next, resume }: Onward): Promise<Reply> {
  const { csrf, cookies } = await signIn(ctx, personId);
  const kept = readResume(resume);
  return kept
    ? page(
        "people/resume",
        { title: ctx.t("people.resumeTitle"), resume: presentResume(ctx.t, kept), csrf },
        { cookies },
      )
    : redirect(localPath(next), cookies);
}

/** A new session with a new secret; one that the browser had before ends on the server (session fixation). */
export async function signIn(
  { deps, session }: Pick<Arriving, "deps" | "session">,
  personId: string,
): Promise<{ csrf: string; cookies: Cookie[] }> {
  if (session) await endSession(deps.db, session.hash);
  const { secret, csrf } = await startSession(deps, personId);
  return { csrf, cookies: [{ name: "session", value: secret, maxAge: DAYS_KEPT * 86_400 }] };
}

/** What had been typed, if it is whole. */
export function readResume(text: string | undefined): Resume | undefined {
  const parsed = RESUME.safeParse(text === undefined ? undefined : safeJson(text));
  return parsed.success ? parsed.data : undefined;
}

const RESUME = z.object({
  action: z.string().refine((path) => localPath(path, "") !== ""),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).max(500),
});

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
