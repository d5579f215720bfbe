import type { RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { Problem } from "../errors.ts";
import type { Deps } from "./deps.ts";
import { identify, type Visitor } from "./identify.ts";

const WINDOW_SECONDS = 60;

/**
 * Lets each person, with all their tokens and sessions, or, before a login, address make so many requests a minute. The answer to one too many says in
 * Retry-After after how many seconds all is well again; other answers say nothing, so that equal requests get equal answers.
 * @param perMinute at least 1
 */
export function limitRate(deps: Deps, perMinute: number): RequestHandler[] {
  return [
    async (req, res, next) => {
      res.locals.visitor ??= await identify(deps, req);
      next();
    },
    rateLimit({
      windowMs: WINDOW_SECONDS * 1000,
      limit: perMinute,
      standardHeaders: false,
      legacyHeaders: false,
      keyGenerator: (req, res) => {
        const { session }: Visitor = res.locals.visitor;
        return session?.person.id ?? ipKeyGenerator(req.ip ?? "");
      },
      handler: (_req, res, next) => {
        res.set("Retry-After", String(WINDOW_SECONDS));
        next(new Problem(429, "too_many", "Too many requests. Wait, then go on."));
      },
      validate: { xForwardedForHeader: false },
    }),
  ];
}
