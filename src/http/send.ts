import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Request, Response } from "express";
import { readerFor } from "../access/reader.ts";
import { type Frame, initialOf } from "../views/frame.ts";
import { readCookie, writeCookies } from "./cookies.ts";
import type { Deps } from "./deps.ts";
import { isHttps, type Visitor } from "./identify.ts";
import type { Reply } from "./reply.ts";
import { nonceOf } from "./security.ts";
import { sendFile } from "./send-file.ts";

/** Turns an answer into bytes. */
export async function send(deps: Deps, req: Request, res: Response, reply: Reply): Promise<void> {
  if (reply.kind === "redirect") {
    writeCookies(res, reply.cookies, isHttps(deps));
    res.set(reply.headers).redirect(303, reply.to);
  } else if (reply.kind === "json") {
    res.status(reply.status).set(reply.headers).json(reply.body);
  } else if (reply.kind === "packed") {
    const gzip = req.acceptsEncodings("gzip") === "gzip";
    res.set({ ...reply.headers, Vary: "Accept-Encoding", ...(gzip ? { "Content-Encoding": "gzip" } : {}) });
    res.end(gzip ? reply.body : await promisify(gunzip)(reply.body));
  } else if (reply.kind === "file") {
    await sendFile(req, res, reply);
  } else if (reply.kind === "bytes") {
    res.status(reply.status).set(reply.headers);
    if (Buffer.isBuffer(reply.body)) res.end(reply.body);
    else await pipeline(reply.body, res);
  } else {
    const frame = await frameFor(deps, req, res, reply.within ?? req.path);
    const html = deps.views.render(reply.view, reply.model, frame);
    writeCookies(res, reply.cookies, isHttps(deps));
    if (frame.flash) writeCookies(res, [{ name: "flash", value: "", maxAge: 0 }], isHttps(deps));
    res.status(reply.status).set(reply.headers).type("html").send(html);
  }
}

/** What every page needs around its own content: who is there, their spaces, language, theme, tokens. */
async function frameFor(deps: Deps, req: Request, res: Response, place: string): Promise<Frame> {
  const { viewer, self, viewingAs, glass, session, locale, theme }: Visitor = res.locals.visitor ?? {
    viewer: undefined,
    self: undefined,
    viewingAs: undefined,
    glass: undefined,
    session: undefined,
    locale: "zh-CN",
    theme: "auto",
  };
  const flash = readCookie(req, "flash", isHttps(deps));
  return {
    locale,
    theme,
    nonce: nonceOf(res),
    csrf: session?.csrf ?? "",
    path: req.originalUrl,
    baseUrl: deps.config.baseUrl ?? "",
    ...(self ? { person: { login: self.login, name: self.name, initial: initialOf(self.name) } } : {}),
    ...(viewingAs ? { viewingAs } : {}),
    ...(glass ? { breakGlass: { until: glass.until, minutes: minutesUntil(glass.until, deps.now()) } } : {}),
    ...(deps.config.signOn ? { signOn: { name: deps.config.signOn.name } } : {}),
    isManager: (viewer?.manages.size ?? 0) > 0,
    isAdmin: viewer?.isAdmin ?? false,
    spaces: viewer ? await deps.navigation(readerFor(deps.db, viewer, deps.db.engine), place) : [],
    ...(flash ? { flash: { kind: "done" as const, text: plainText(flash) } } : {}),
    now: deps.now(),
  };
}

const minutesUntil = (until: string, now: string): number =>
  Math.max(1, Math.ceil((Date.parse(until) - Date.parse(now)) / 60_000));

function plainText(cookie: string): string {
  try {
    return decodeURIComponent(cookie).slice(0, 300);
  } catch {
    return "";
  }
}
