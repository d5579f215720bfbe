import { createHash } from "node:crypto";
import type { Cookie } from "../../http/reply.ts";
import { digest } from "../../http/session.ts";

const MINUTES = 10;

/**
 * One way to the provider and back. All that must come back unchanged is derived from one secret, which only the browser
 * that set out holds, in a cookie: so nothing is stored for people who never come back, and no GET changes anything.
 */
export type Attempt = { state: string; nonce: string; verifier: string; next: string; hash: string };

/** Begins an attempt. @returns it, and the cookie to carry it. @param next path of this site to go to afterwards */
export function beginAttempt(random: (size: number) => Buffer, next: string): { attempt: Attempt; cookie: Cookie } {
  const secret = random(32).toString("base64url");
  const value = `${secret}.${Buffer.from(next).toString("base64url")}`;
  return { attempt: attemptOf(secret, next), cookie: { name: "sign-on", value, maxAge: MINUTES * 60 } };
}

/** The attempt that a browser's cookie carries. */
export function readAttempt(cookie: string | undefined): Attempt | undefined {
  const [, secret, next] = /^([\w-]{43})\.([\w-]*)$/.exec(cookie ?? "") ?? [];
  return secret === undefined || next === undefined
    ? undefined
    : attemptOf(secret, Buffer.from(next, "base64url").toString());
}

/** Whatever comes of it, an attempt is made once. */
export const noAttempt: Cookie = { name: "sign-on", value: "", maxAge: 0 };

const attemptOf = (secret: string, next: string): Attempt => ({
  state: derive("state", secret),
  nonce: derive("nonce", secret),
  verifier: derive("verifier", secret),
  next,
  hash: digest(secret),
});

const derive = (purpose: string, secret: string): string =>
  createHash("sha256").update(`${purpose} ${secret}`).digest("base64url");
