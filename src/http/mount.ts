import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import { z } from "zod";
import { LEVELS } from "../access/levels.ts";
import { prepared } from "../access/prepared.ts";
import { readerFor } from "../access/reader.ts";
import { refusedWhileWriting } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";
import { BrokenGlass, Forbidden, Invalid, NotFound, Problem, ReadOnly, Unauthenticated } from "../errors.ts";
import { translator } from "../i18n/i18n.ts";
import { recordOpening } from "./break-glass.ts";
import { readCookie } from "./cookies.ts";
import { refuseForgery } from "./csrf.ts";
import type { Deps } from "./deps.ts";
import { findReply, type Once, write } from "./idempotency.ts";
import { identify, isHttps, type Visitor } from "./identify.ts";
import { asText, parse, sayRules } from "./input.ts";
import type { Cookie, Reply } from "./reply.ts";
import type { Ctx, Refusal, Route } from "./route.ts";
import { send } from "./send.ts";
import { readUpload } from "./upload.ts";

const MIB = 1024 * 1024;

/**
 * Hangs routes into Express. Each checks, in this order: who, from where, what; then acts and answers. Who is asked when the
 * body has arrived, which may take minutes.
 */
export function mount(app: Express, deps: Deps, routes: Route[]): void {
  for (const route of routes)
    app[route.method](route.path, ...bodyParser(deps, route), (req, res) => answer(deps, route, req, res));
}

export const isApi = (path: string): boolean => path.startsWith("/api/");

/**
 * The address of this site as its own pages must name it. `Host` is believed only when it names this machine: any other
 * address needs BASE_URL, and is empty without.
 */
export const originOf = (deps: Pick<Deps, "config">, req: Request): string => {
  const host = req.get("host") ?? "";
  return deps.config.baseUrl ?? (isLoopback(host) ? `${req.protocol}://${host}` : "");
};

/** @param host with or without a port */
const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/i.test(host);

function bodyParser(deps: Deps, route: Route): RequestHandler[] {
  if (route.method === "get") return [];
  const limit = route.limit ?? MIB;
  if (isApi(route.path)) return [onlyJson, express.json({ limit })];
  const fields = express.urlencoded({ extended: false, limit, parameterLimit: 2000 });
  return route.upload ? [admitFirst(deps, route), readUpload(limit), fields] : [fields];
}

/** Large bodies are read only from those whom the route is for. */
const admitFirst =
  (deps: Deps, route: Route): RequestHandler =>
  async (req, res, next) => {
    const visitor: Visitor = res.locals.visitor ?? (await identify(deps, req));
    res.locals.visitor = visitor;
    admit(route, visitor);
    next();
  };

/** A body that is not JSON would be taken for an empty one. */
const onlyJson: RequestHandler = (req, _res, next) => {
  if (req.is("json") === false && req.get("content-length") !== "0")
    throw new Problem(400, "malformed", "Send the body as application/json.");
  next();
};

async function answer(deps: Deps, route: Route, req: Request, res: Response, tries = 1): Promise<void> {
  const known: Visitor | undefined = route.method === "get" && tries === 1 ? res.locals.visitor : undefined;
  const visitor = known ?? (await identify(deps, req));
  res.locals.visitor = visitor;
  admit(route, visitor);
  if (route.method !== "get") refuseForgery(req, visitor.session, originOf(deps, req));
  const { csrf: _, idempotency_key: formKey, ...body } = fieldsOf(req.body);
  const once = visitor.viewer && onceOf(req, req.get("idempotency-key") ?? formKey);
  const asked = route.asOneself ? { ...visitor, viewer: visitor.self } : visitor;
  const ctx = contextOf(deps, asked, req, once);
  const reply = await act(route, ctx, { params: req.params, query: req.query, body, once });
  if (route.method === "get" && (await isOutdated(deps, visitor))) {
    if (tries === MOST_TRIES) throw new Problem(503, "busy", "Permissions are changing. Try again in a moment.");
    return answer(deps, route, req, res, tries + 1);
  }
  if (visitor.glass && route.method === "get") await recordOpening(deps, visitor, { ...route, params: req.params });
  await send(deps, req, res, reply);
}

const MOST_TRIES = 5;

/** Whether permissions have changed while an answer was made: after such a change nothing leaves that it forbids. */
async function isOutdated(deps: Deps, { session }: Visitor): Promise<boolean> {
  const [current] = session ? await versionNow(deps.db, {}) : [];
  return current !== undefined && current.version !== session?.version;
}

const versionNow = prepared((db: Db) => db.selectFrom("access_version").select("version").where("id", "=", 1));

/**
 * @throws Unauthenticated without a login; Forbidden for writes with a read token; ReadOnly for writes while viewing as
 * somebody, BrokenGlass while everything is open; NotFound for what only administrators know of
 */
function admit(route: Route, visitor: Visitor): void {
  if (route.needs !== "anyone" && !visitor.viewer) throw new Unauthenticated();
  if (route.method !== "get" && visitor.session && visitor.session.cap < LEVELS.comment)
    throw new Forbidden("This token can only read.");
  if (route.method !== "get" && visitor.viewingAs && !route.asOneself) throw new ReadOnly();
  if (route.method !== "get" && visitor.glass && !route.asOneself) throw new BrokenGlass();
  if (route.needs === "admin" && !visitor.viewer?.isAdmin) throw new NotFound();
}

/** A write with a key of the sender's is done once; one with a password is not written down, not even as a digest. */
const onceOf = (req: Request, key: unknown): Once | undefined =>
  req.method === "GET" || req.method === "HEAD" || typeof key !== "string" || key === "" || hasPassword(req.body)
    ? undefined
    : { key: key.slice(0, 200), request: () => `${req.method} ${req.originalUrl} ${JSON.stringify(req.body)}` };

const hasPassword = (body: unknown): boolean => Object.keys(fieldsOf(body)).some((name) => /password$/.test(name));

type Input = { params: unknown; query: unknown; body: Record<string, unknown>; once: Once | undefined };

async function act(route: Route, ctx: Ctx<"member">, input: Input): Promise<Reply> {
  const params = parseParams(route, input.params, ctx);
  const asked = { ...ctx, params, query: parse(route.query, input.query, ctx.locale) };
  try {
    const body = parse(route.body, input.body, ctx.locale);
    const before = input.once && (await findReply(ctx.deps, ctx.viewer, input.once));
    return before ?? (await route.action({ ...asked, body } as never));
  } catch (error) {
    if (!(error instanceof Invalid) || !route.refused) throw error;
    const refusal = { fields: error.fields, errors: sayRules(ctx.t, error.fields), values: input.body };
    return showAgain(route.refused, asked, refusal).catch((problem) => {
      throw problem instanceof z.ZodError ? error : problem;
    });
  }
}

/** The form with what was typed; a form that was bent too far to be shown gets the general page. */
const showAgain = async (refused: Required<Route>["refused"], ctx: Ctx<"member">, refusal: Refusal): Promise<Reply> =>
  refused(ctx as never, refusal);

/** An id that cannot exist is answered like one that does not. */
function parseParams(route: Route, params: unknown, ctx: Ctx<"member">): unknown {
  const named = Object.fromEntries(Object.entries(fieldsOf(params)).filter(([, value]) => value !== undefined));
  const parsed = route.params?.safeParse(named);
  if (parsed && !parsed.success) throw new NotFound();
  return parsed ? asText(parsed.data) : parse(undefined, named, ctx.locale);
}

function contextOf(deps: Deps, visitor: Visitor, req: Request, once: Once | undefined): Ctx<"member"> {
  const { viewer, session, locale } = visitor;
  return {
    viewer: viewer as Viewer,
    session,
    read: viewer && readerOf(deps, viewer),
    write: viewer && ((work: Parameters<typeof write>[2]) => write(deps, viewer, work, once)),
    params: {},
    query: {},
    body: {},
    t: translator(locale),
    locale,
    now: deps.now(),
    path: req.originalUrl,
    origin: originOf(deps, req),
    cookie: (name: Cookie["name"]) => readCookie(req, name, isHttps(deps)),
    ip: req.ip ?? "",
    userAgent: req.get("user-agent") ?? "",
    deps,
  } as Ctx<"member">;
}

const readers = new WeakMap<Viewer, ReturnType<typeof readerFor>>();

/** A viewer's Reader is a plain value: it is made once and kept with the viewer. */
function readerOf(deps: Deps, viewer: Viewer): ReturnType<typeof readerFor> {
  const reader = readers.get(viewer) ?? readerFor(deps.db.withPlugin(refusedWhileWriting), viewer, deps.db.engine);
  readers.set(viewer, reader);
  return reader;
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
