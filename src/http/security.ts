import type { RequestHandler, Response } from "express";
import helmet from "helmet";

/** The nonce of this answer's own scripts. */
export const nonceOf = (res: Response): string => String(res.locals.nonce);

/** Headers of every answer (quality.md, Safety): nothing runs but our own scripts, nothing is framed, nothing is cached by others. */
export function securityHeaders(options: { random: (size: number) => Buffer; https: boolean }): RequestHandler[] {
  return [
    (_req, res, next) => {
      res.locals.nonce = options.random(16).toString("base64url");
      res.set("Cache-Control", "no-store");
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          "default-src": ["'none'"],
          "script-src": [(_req, res) => `'nonce-${nonceOf(res as Response)}'`, "'strict-dynamic'"],
          "style-src": ["'self'"],
          "img-src": ["'self'", "data:"],
          "font-src": ["'self'"],
          "connect-src": ["'self'"],
          "worker-src": ["'self'"],
          "manifest-src": ["'self'"],
          "form-action": ["'self'"],
          "base-uri": ["'none'"],
          "frame-ancestors": ["'none'"],
        },
      },
      referrerPolicy: { policy: "same-origin" },
      strictTransportSecurity: options.https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      xFrameOptions: { action: "deny" },
    }),
  ];
}
