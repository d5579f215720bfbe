import { localPath, page, type Reply } from "../http/reply.ts";
import { type Onward, readResume } from "./arrival.ts";

type Asked = Onward & { login?: string; error?: string };

/** The login form; what had been typed elsewhere rides along, so that nothing is lost. */
export function loginPage({ login = "", error = "", ...onward }: Asked, status = 200): Reply {
  const [next, resume] = [localPath(onward.next), readResume(onward.resume)];
  const signOnUrl = `/login/oidc?${new URLSearchParams({ next })}`;
  return page(
    "people/login",
    { login, error, next, resume, resumeJson: resume ? JSON.stringify(resume) : "", signOnUrl },
    { status, cookies: [] },
  );
}
