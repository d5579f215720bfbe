import type { Request, Response } from "express";
import type { Cookie } from "./reply.ts";

/** With TLS the browser is told that nobody but this host may set our cookies. */
const nameOf = (name: Cookie["name"], https: boolean): string => (https ? `__Host-zhike-${name}` : `zhike-${name}`);

export function readCookie(req: Request, name: Cookie["name"], https: boolean): string | undefined {
  const wanted = `${nameOf(name, https)}=`;
  const found = req.headers.cookie?.split(/;\s*/).find((pair) => pair.startsWith(wanted));
  return found?.slice(wanted.length);
}

export function writeCookies(res: Response, cookies: Cookie[], https: boolean): void {
  for (const { name, value, maxAge } of cookies) {
    res.append(
      "Set-Cookie",
      `${nameOf(name, https)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${https ? "; Secure" : ""}`,
    );
  }
}
