import type { ErrorRequestHandler, Request } from "express";
import {
  ArchivedSpace,
  BrokenGlass,
  Conflict,
  Invalid,
  Problem,
  ReadOnly,
  Unauthenticated,
  UnknownAddress,
} from "../errors.ts";
import { isKey, type Key, type T, translator } from "../i18n/i18n.ts";
import type { Deps } from "./deps.ts";
import type { Visitor } from "./identify.ts";
import { identify } from "./identify.ts";
import { sayRules } from "./input.ts";
import { isApi } from "./mount.ts";
import { json, page, type Reply, redirect } from "./reply.ts";
import { send } from "./send.ts";

/** The one place where an error becomes an answer. What was typed goes back to whoever typed it. */
export const handleErrors =
  (deps: Deps): ErrorRequestHandler =>
  async (error: unknown, req, res, _next) => {
    const visitor: Visitor = res.locals.visitor ?? (await identify(deps, req));
    res.locals.visitor = visitor;
    const problem = problemOf(error);
    const reference = problem.status >= 500 ? deps.random(6).toString("hex") : "";
    if (problem.status >= 500)
      deps.log.error({ reference, err: error, method: req.method, route: req.route?.path }, "request failed");
    if (res.headersSent) res.destroy();
    else
      await send(
        deps,
        req,
        res,
        isApi(req.path) ? jsonFor(problem, visitor) : pageFor(problem, req, visitor, reference),
      );
  };

/** When even the error page fails: a constant answer, never a stack. */
export const lastResort =
  (deps: Pick<Deps, "log">): ErrorRequestHandler =>
  (error, _req, res, _next) => {
    deps.log.error({ err: error }, "error page failed");
    if (res.headersSent) res.destroy();
    else res.status(500).type("text").send("Something went wrong on our side. Nothing was half done.");
  };

/** Errors of Express and its parsers carry a status; anything else is ours. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status =
    typeof error === "object" && error !== null && "status" in error && typeof error.status === "number"
      ? error.status
      : 500;
  if (status === 413) return new Problem(413, "too_large", "The body is over the limit. Send less at once.");
  if (status >= 400 && status < 500)
    return new Problem(
      status === 415 ? 415 : 400,
      "malformed",
      "The request could not be read. Check its encoding and its syntax.",
    );
  return new Problem(500, "internal", "Something went wrong on our side. Nothing was half done.");
}

function jsonFor(problem: Problem, visitor: Visitor): Reply {
  const t = translator(visitor.locale);
  const fields = problem instanceof Invalid ? { fields: sayRules(t, problem.fields) } : {};
  const details = problem instanceof Conflict ? problem.details : {};
  const headers = problem.status === 401 ? { "WWW-Authenticate": "Bearer" } : undefined;
  const error = {
    code: problem.code,
    message: visitor.locale === "en" ? problem.message : inWords(t, problem),
    ...fields,
  };
  return json({ error, ...details }, problem.status, headers);
}

/** Problems speak English; in other languages what kind of problem it is. */
function inWords(t: T, { code }: Problem): string {
  const key = `problems.${code}`;
  return t(isKey(key) ? key : "problems.internal");
}

function pageFor(problem: Problem, req: Request, visitor: Visitor, reference: string): Reply {
  const t = translator(visitor.locale);
  if (problem instanceof Unauthenticated)
    return req.method === "GET" || req.method === "HEAD"
      ? redirect(`/login?next=${encodeURIComponent(req.originalUrl)}`)
      : askToLogIn(req);
  const fields =
    problem instanceof Invalid
      ? Object.entries(sayRules(t, problem.fields)).map(([name, message]) => ({ name, message }))
      : [];
  const status = [400, 403, 404, 409, 413, 422, 429, 500, 503].includes(problem.status) ? problem.status : 400;
  return page(
    VIEWS.find(([of]) => problem instanceof of)?.[1] ?? `errors/${status}`,
    { title: t(TITLES[status] ?? "errors.500.title"), fields, kept: keptFields(req.body), reference },
    { status: problem.status },
  );
}

/** Refusals that say more than their status. */
const VIEWS = [
  [ReadOnly, "errors/read-only"],
  [BrokenGlass, "errors/break-glass"],
  [ArchivedSpace, "errors/archived"],
  [UnknownAddress, "errors/unknown-address"],
] as const;

const TITLES: Record<number, Key> = {
  400: "errors.400.title",
  403: "errors.403.title",
  404: "errors.404.title",
  409: "errors.409.title",
  413: "errors.413.title",
  422: "errors.422.title",
  429: "errors.429.title",
  503: "errors.503.title",
};

/** The session ended while a form was open: log in, and send the same form on. */
function askToLogIn(req: Request): Reply {
  const resumeJson = JSON.stringify({ action: req.originalUrl, fields: keptFields(req.body) });
  return page("people/login", { next: "/", resume: true, resumeJson, login: "", error: "" }, { status: 401 });
}

/** What had been typed, without tokens and passwords. */
function keptFields(body: unknown): { name: string; value: string }[] {
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body)
    .filter(([name]) => !["csrf", "password", "new_password", "idempotency_key"].includes(name))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) })));
}
