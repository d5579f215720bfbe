import { z } from "zod";
import type { Route } from "../http/route.ts";

/** What every refusal says; a conflict adds what is needed to lose nothing. */
export const errorAnswer = z.looseObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional().describe("Name of the field → the rule it breaks"),
  }),
});

/** The statuses of the API that say no, and what each means. */
export const PROBLEMS: Record<number, string> = {
  400: "The request could not be read",
  401: "No token, or one that no longer works",
  403: "You can see it, but you may not do this",
  404: "Missing, or hidden from you: the answer is the same",
  409: "Somebody else was faster, or the Idempotency-Key was used for another request",
  413: "The body is over the limit",
  422: "Something in it breaks a rule; `fields` says what",
  429: "Too many requests; Retry-After says how many seconds to wait",
  503: "The outcome is unknown; send the same request with the same Idempotency-Key again",
};

/** The statuses with which a route may say no. */
export function refusalsOf(route: Pick<Route, "method" | "needs" | "params">): number[] {
  const isWrite = route.method !== "get";
  const refusals = [
    ...(route.needs === "anyone" ? [] : [401]),
    ...(isWrite || route.params ? [403] : []),
    ...(isWrite ? [400, 409, 413, 503] : []),
    ...(route.needs === "anyone" ? [] : [404]),
    422,
    429,
  ];
  return refusals.sort((a, b) => a - b);
}
