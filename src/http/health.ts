import type { Express, Request, RequestHandler } from "express";
import { isMigrated } from "../db/migrate.ts";
import { NotFound } from "../errors.ts";
import type { Deps } from "./deps.ts";
import { findTokenSession } from "./session.ts";

/** For whoever runs the site: `/healthz` it lives, `/readyz` it can answer, `/metrics` how it fares (contract.md). */
export function serveHealth(app: Express, deps: Pick<Deps, "db" | "now">): void {
  const answered = new Map<string, number>();
  app.use(counting(answered));
  app.get("/healthz", (_req, res) => void res.type("text").send("ok"));
  app.get("/readyz", async (_req, res) => {
    const isReady = await isMigrated(deps.db).catch(() => false);
    res
      .status(isReady ? 200 : 503)
      .type("text")
      .send(isReady ? "ready" : "not ready");
  });
  app.get("/metrics", async (req, res) => {
    if (!isLocal(req) && !(await isAdministrator(deps, req))) throw new NotFound();
    res.type("text/plain; version=0.0.4; charset=utf-8").send(tell(answered));
  });
}

/** Counts answers by method and class of status; never by path, which would name pages. */
const counting =
  (answered: Map<string, number>): RequestHandler =>
  (req, res, next) => {
    res.once("finish", () => {
      const labels = `method="${METHODS.has(req.method) ? req.method : "other"}",status="${Math.floor(res.statusCode / 100)}xx"`;
      answered.set(labels, (answered.get(labels) ?? 0) + 1);
    });
    next();
  };

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "DELETE"]);

/** Asked by this machine itself, and not by a proxy on it for somebody else. */
const isLocal = (req: Request): boolean =>
  /^(::ffff:)?127\.|^::1$/.test(req.socket.remoteAddress ?? "") &&
  req.get("x-forwarded-for") === undefined &&
  req.get("forwarded") === undefined;

async function isAdministrator(deps: Pick<Deps, "db" | "now">, req: Request): Promise<boolean> {
  const secret = /^Bearer ([\w-]{20,200})$/i.exec(req.get("authorization") ?? "")?.[1];
  const session = secret === undefined ? undefined : await findTokenSession(deps, secret);
  return session !== undefined && session.person.admin_at !== null;
}

/** The text format of Prometheus, version 0.0.4. */
function tell(answered: ReadonlyMap<string, number>): string {
  const { user, system } = process.cpuUsage();
  const lines = [
    "# TYPE zhike_http_answers_total counter",
    ...[...answered].sort().map(([labels, count]) => `zhike_http_answers_total{${labels}} ${count}`),
    "# TYPE process_cpu_seconds_total counter",
    `process_cpu_seconds_total ${(user + system) / 1_000_000}`,
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    "# TYPE process_uptime_seconds gauge",
    `process_uptime_seconds ${Math.round(process.uptime())}`,
  ];
  return `${lines.join("\n")}\n`;
}
