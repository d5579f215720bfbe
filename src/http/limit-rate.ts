import type { RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { Problem } from "../errors.ts";
import type { Deps } from "./deps.ts";
import { identify, type Visitor } from "./identify.ts";

/**
 * Lets each token, session or, before a login, address make so many requests a minute. The answer to one too many says in
 * Retry-After how many seconds to wait.
 * @param perMinute at least 1
 */
export function limitRate(deps: Deps, perMinute: number): RequestHandler[] {
  return [
    async (req, res, next) => {
      res.locals.visitor ??= await identify(deps, req);
      next();
    },
    rateLimit({
      windowMs: 60_000,
      limit: perMinute,
      standardHeaders: "draft-8",
      legacyHeaders: false,
      keyGenerator: (req, res) => {
        const { session }: Visitor = res.locals.visitor;
        return session?.hash ?? ipKeyGenerator(req.ip ?? "");
      },
      handler: (_req, _res, next) => next(new Problem(429, "too_many", "Too many requests. Wait, then go on.")),
      validate: { xForwardedForHeader: false },
    }),
  ];
}
