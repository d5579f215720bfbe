import type { SignOn } from "../config.ts";
import { localPath, page, type Reply } from "../http/reply.ts";
import type { T } from "../i18n/i18n.ts";
import { type Onward, readResume } from "./arrival.ts";

/** What went wrong with single sign-on. */
export const TROUBLES = ["denied", "down", "unproven", "lost", "unknown", "linkedElsewhere"] as const;
export type Trouble = (typeof TROUBLES)[number];

type Asked = Onward & { login?: string; error?: string };

/** The login form; what had been typed elsewhere rides along, so that nothing is lost. */
export function loginPage({ login = "", error = "", ...onward }: Asked, status = 200): Reply {
  const [next, resume] = [localPath(onward.next), readResume(onward.resume)];
  const signOnUrl = `/login/oidc?${new URLSearchParams({ next })}`;
  const resumeJson = resume ? JSON.stringify(resume) : "";
  return page("people/login", { login, error, next, resume, resumeJson, signOnUrl }, { status });
}

/** What to say about trouble with single sign-on, where there is one. */
export const sayTrouble = (t: T, signOn: SignOn | undefined, trouble: Trouble | undefined): string =>
  signOn && trouble ? t(`signIn.${trouble}`, { name: signOn.name }) : "";
