import type { z } from "zod";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import type { Viewer } from "../access/viewer.ts";
import type { FieldErrors } from "../errors.ts";
import type { T } from "../i18n/i18n.ts";
import type { Locale } from "../i18n/locale.ts";
import type { Deps } from "./deps.ts";
import type { Cookie, Reply } from "./reply.ts";
import type { Session } from "./session.ts";

/** Who may use a route at all. There is no default. */
export type Needs = "anyone" | "member" | "admin";
export type Method = "get" | "post" | "put" | "delete";

type Write = (work: (tx: Tx) => Promise<Reply>) => Promise<Reply>;

/** All an action gets. */
export type Ctx<N extends Needs = "member", P = unknown, Q = unknown, B = unknown> = {
  viewer: N extends "anyone" ? Viewer | undefined : Viewer;
  session: Session | undefined;
  /** The database as the viewer sees it. */
  read: N extends "anyone" ? Reader | undefined : Reader;
  /** The only opener of a transaction; it ends in the answer, which is kept with the Idempotency-Key if one was sent. */
  write: N extends "anyone" ? Write | undefined : Write;
  params: P;
  query: Q;
  body: B;
  t: T;
  locale: Locale;
  now: string;
  path: string;
  /** The address of this site, e.g. `https://wiki.example.com`: links that leave it, such as invitations, begin with it. */
  origin: string;
  cookie: (name: Cookie["name"]) => string | undefined;
  ip: string;
  userAgent: string;
  deps: Deps;
};

/** What was wrong with a form and what had been typed, so that the form comes back as it was. */
export type Refusal = { fields: FieldErrors; errors: Record<string, string>; values: Record<string, unknown> };

export type RouteOf<N extends Needs, P, Q, B> = {
  method: Method;
  /** Express path, e.g. `/p/:id/:slug` */
  path: string;
  needs: N;
  /** Each is a strict schema: unknown keys are refused. A route without one accepts nothing there. */
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** Shows the form again with what was typed; without it the general page for refused input appears. */
  refused?: (ctx: Ctx<N, P, Q, unknown>, refusal: Refusal) => Promise<Reply> | Reply;
  action: (ctx: Ctx<N, P, Q, B>) => Promise<Reply> | Reply;
  /** One line for the OpenAPI document, on routes under /api. */
  summary?: string;
  /** Schema of the answer, for the OpenAPI document. */
  answers?: { status: number; schema?: z.ZodType };
  /** Largest body accepted, in bytes (default 1 MiB). */
  limit?: number;
  /** Also while viewing as somebody else, and then as oneself: what ends it. */
  asOneself?: true;
  /** The form may hold files; only those who are logged in may send any. */
  upload?: true;
};

export type Route = Omit<RouteOf<Needs, never, never, never>, "params" | "query" | "body" | "refused" | "action"> & {
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  refused?: (ctx: never, refusal: Refusal) => Promise<Reply> | Reply;
  action: (ctx: never) => Promise<Reply> | Reply;
};

/** Declares a route: its types follow from its schemas. */
export const route = <N extends Needs, P = Record<string, never>, Q = Record<string, never>, B = undefined>(
  definition: RouteOf<N, P, Q, B>,
): Route => definition;
