import { timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { Forbidden, UnknownAddress } from "../errors.ts";
import type { Session } from "./session.ts";

/**
 * Refuses a change that another site asked the browser for: the browser says where the request comes from, and a form of ours
 * carries the token of its session. Requests with a bearer token carry no cookie and cannot be forged.
 * @param origin the address of this site, e.g. `https://wiki.example.com`; empty when nobody said which it is
 * @throws Forbidden; UnknownAddress without `origin`
 */
export function refuseForgery(req: Request, session: Session | undefined, origin: string): void {
  if (session && session.csrf === undefined) return;
  if (origin === "") throw new UnknownAddress();
  const site = req.get("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") throw forged();
  const from = req.get("origin");
  if (from !== undefined && from !== origin) throw forged();
  if (session?.csrf !== undefined && !sameText(tokenOf(req), session.csrf)) throw forged();
}

const forged = () =>
  new Forbidden("This form was not sent from this site, or it is from an earlier session. Open it again.");

const tokenOf = (req: Request): string => {
  const body: unknown = req.body;
  const sent =
    req.get("x-csrf-token") ?? (typeof body === "object" && body !== null && "csrf" in body ? body.csrf : undefined);
  return typeof sent === "string" ? sent : "";
};

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
