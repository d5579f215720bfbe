import type { Request } from "express";
import type { Viewer } from "../access/viewer.ts";
import { isLocale, type Locale, localeFrom } from "../i18n/locale.ts";
import { readCookie } from "./cookies.ts";
import type { Deps } from "./deps.ts";
import { findSession, findTokenSession, type Session } from "./session.ts";

/** Who asks, and in which language and theme they want to be answered. */
export type Visitor = {
  session: Session | undefined;
  viewer: Viewer | undefined;
  locale: Locale;
  theme: "auto" | "light" | "dark";
};

export const isHttps = (deps: Pick<Deps, "config">): boolean => deps.config.baseUrl?.startsWith("https:") ?? false;

/** Finds out who is asking, by session cookie or, for the API, by bearer token. A wrong or ended one is nobody. */
export async function identify(deps: Deps, req: Request): Promise<Visitor> {
  const session = await sessionOf(deps, req);
  const viewer =
    session &&
    (await deps.viewers({ personId: session.person.id, version: session.version, cap: session.cap, now: deps.now() }));
  const chosen = session?.person.locale ?? readCookie(req, "locale", isHttps(deps));
  const theme = session?.person.theme ?? readCookie(req, "theme", isHttps(deps));
  return {
    session: viewer && session,
    viewer,
    locale: isLocale(chosen) ? chosen : localeFrom(req.get("accept-language")),
    theme: theme === "light" || theme === "dark" ? theme : "auto",
  };
}

function sessionOf(deps: Deps, req: Request): Promise<Session | undefined> | undefined {
  const bearer = /^Bearer ([\w-]{20,200})$/i.exec(req.get("authorization") ?? "")?.[1];
  if (bearer) return req.path.startsWith("/api/") ? findTokenSession(deps, bearer) : undefined;
  const cookie = readCookie(req, "session", isHttps(deps));
  return cookie ? findSession(deps, cookie) : undefined;
}
