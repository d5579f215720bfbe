import type { Request } from "express";
import { type BreakGlass, findBreakGlass, seeEverything } from "../access/break-glass.ts";
import { LEVELS } from "../access/levels.ts";
import { findDepartmentViewer, mayViewAs, meet } from "../access/view-as.ts";
import type { Viewer } from "../access/viewer.ts";
import { isLocale, type Locale, localeFrom } from "../i18n/locale.ts";
import { readCookie } from "./cookies.ts";
import type { Deps } from "./deps.ts";
import { findSession, findTokenSession, type Session } from "./session.ts";

/** Who asks, and in which language and theme they want to be answered. */
export type Visitor = {
  session: Session | undefined;
  /** Who counts: what they see is all that any answer shows. */
  viewer: Viewer | undefined;
  /** Who they are themselves; another than `viewer` while they view as somebody. */
  self: Viewer | undefined;
  viewingAs: { name: string; until: string } | undefined;
  /** An administrator who broke the glass: `viewer` sees everything. */
  glass: BreakGlass | undefined;
  locale: Locale;
  theme: "auto" | "light" | "dark";
};

export const isHttps = (deps: Pick<Deps, "config">): boolean => deps.config.baseUrl?.startsWith("https:") ?? false;

/** Finds out who is asking, by session cookie or, for the API, by bearer token. A wrong or ended one is nobody. */
export async function identify(deps: Deps, req: Request): Promise<Visitor> {
  const session = await sessionOf(deps, req);
  const self =
    session &&
    (await deps.viewers({ personId: session.person.id, version: session.version, cap: session.cap, now: deps.now() }));
  const chosen = session?.person.locale ?? readCookie(req, "locale", isHttps(deps));
  const theme = session?.person.theme ?? readCookie(req, "theme", isHttps(deps));
  const target = self && (await targetOf(deps, session));
  const glass = self?.isAdmin && session ? await findBreakGlass(deps.db, session.hash, deps.now()) : undefined;
  const viewing = self && target && mayViewAs(self, target.viewer) ? target : undefined;
  return {
    session: self && session,
    viewer: self && glass ? await seeEverything(deps.db, self) : self && viewing ? meet(self, viewing.viewer) : self,
    self,
    viewingAs: viewing && { name: viewing.viewer.name, until: viewing.until },
    glass,
    locale: localeOf(req, chosen),
    theme: theme === "light" || theme === "dark" ? theme : "auto",
  };
}

/** Programs get what they ask for, else English; people what they chose. */
function localeOf(req: Request, chosen: string | null | undefined): Locale {
  const accepted = req.get("accept-language");
  if (req.path.startsWith("/api/")) return localeFrom(accepted, "en");
  return isLocale(chosen) ? chosen : localeFrom(accepted);
}

/** As whom a session looks; whether it still may is asked of each request. */
async function targetOf(
  deps: Deps,
  session: Session | undefined,
): Promise<{ viewer: Viewer; until: string } | undefined> {
  if (!session?.viewingAs) return undefined;
  const { target, until } = session.viewingAs;
  const [kind, id = ""] = target.split(":");
  const viewer =
    kind === "department"
      ? await findDepartmentViewer(deps.db, id)
      : await deps.viewers({ personId: id, version: session.version, cap: LEVELS.manage, now: deps.now() });
  return viewer && { viewer, until };
}

function sessionOf(deps: Deps, req: Request): Promise<Session | undefined> | undefined {
  const bearer = /^Bearer ([\w-]{20,200})$/i.exec(req.get("authorization") ?? "")?.[1];
  if (bearer) return req.path.startsWith("/api/") ? findTokenSession(deps, bearer) : undefined;
  const cookie = readCookie(req, "session", isHttps(deps));
  return cookie ? findSession(deps, cookie) : undefined;
}
