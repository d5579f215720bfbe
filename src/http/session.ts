import { createHash } from "node:crypto";
import { LEVELS } from "../access/levels.ts";
import { prepared, type Slots } from "../access/prepared.ts";
import { isActive } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";
import type { Person } from "../db/schema.ts";
import type { Deps } from "./deps.ts";

/** Who is at the other end of a request. */
export type Session = {
  person: Person;
  /** Level cap of a bearer token; manage for a browser session. */
  cap: number;
  /** Browser sessions only: forms must send it back. */
  csrf: string | undefined;
  hash: string;
  version: number;
  /** Browser sessions only: as whom it looks at present. */
  viewingAs: { target: string; until: string } | undefined;
};

const IDLE_HOURS = 8;
const LIFETIME_DAYS = 7;
const SEEN_EVERY_MS = 5 * 60_000;

export const hours = (n: number): number => n * 3_600_000;
export const later = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString();
/** Secrets are stored as SHA-256 only: whoever reads the table cannot log in with it. */
export const digest = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Starts a browser session. @returns the secret for the cookie, of which only the digest is kept, and the token its forms carry */
export async function startSession(
  deps: Pick<Deps, "db" | "random" | "now">,
  personId: string,
): Promise<{ secret: string; csrf: string }> {
  const secret = deps.random(32).toString("base64url");
  const now = deps.now();
  const row = {
    hash: digest(secret),
    person_id: personId,
    csrf: deps.random(18).toString("base64url"),
    created_at: now,
    seen_at: now,
  };
  await deps.db
    .insertInto("sessions")
    .values({ ...row, expires_at: later(now, hours(24 * LIFETIME_DAYS)) })
    .execute();
  await deps.db.deleteFrom("sessions").where("expires_at", "<", now).execute();
  return { secret, csrf: row.csrf };
}

export async function endSession(db: Db, hash: string): Promise<void> {
  await db.deleteFrom("sessions").where("hash", "=", hash).execute();
}

/** Ends all sessions of a person but `exceptHash`, and what is half signed in, e.g. after a new password. */
export async function endSessions(db: Pick<Db, "deleteFrom">, personId: string, exceptHash = ""): Promise<void> {
  await db.deleteFrom("half_sign_ins").where("person_id", "=", personId).execute();
  await db.deleteFrom("sessions").where("person_id", "=", personId).where("hash", "<>", exceptHash).execute();
}

/** The session of a cookie's secret, if it is alive and its person still comes in; it stays alive by being used. */
export async function findSession(deps: Pick<Deps, "db" | "now">, secret: string): Promise<Session | undefined> {
  const now = deps.now();
  const asked = { hash: digest(secret), now, idle: later(now, -hours(IDLE_HOURS)) };
  const [found] = await liveSession(deps.db, asked);
  if (!found || !isActive(found, now)) return undefined;
  if (Date.parse(now) - Date.parse(found.seen_at) > SEEN_EVERY_MS) {
    await deps.db.updateTable("sessions").set({ seen_at: now }).where("hash", "=", found.hash).execute();
  }
  const { hash, csrf, version, target, until, seen_at: _, session_ends: __, ...person } = found;
  const viewingAs = target !== null && until !== null ? { target, until } : undefined;
  return { person, cap: LEVELS.manage, csrf, hash, version, viewingAs };
}

const liveSession = prepared((db: Db, value: Slots<{ hash: string; now: string; idle: string }>) =>
  db
    .selectFrom("sessions")
    .innerJoin("people", "people.id", "sessions.person_id")
    .innerJoin("access_version", (join) => join.on((eb) => eb("access_version.id", "=", 1)))
    .leftJoin("view_as", (join) =>
      join.onRef("view_as.session_hash", "=", "sessions.hash").on("view_as.until", ">", value("now")),
    )
    .selectAll("people")
    .select(["view_as.target", "view_as.until", "sessions.hash", "sessions.csrf", "sessions.seen_at"])
    .select(["sessions.expires_at as session_ends", "access_version.version"])
    .where("sessions.hash", "=", value("hash"))
    .where("sessions.expires_at", ">", value("now"))
    .where("sessions.seen_at", ">", value("idle")),
);

/** The session of a bearer token: a read token can only view, whatever its person may do. */
export async function findTokenSession(deps: Pick<Deps, "db" | "now">, secret: string): Promise<Session | undefined> {
  const found = await deps.db
    .selectFrom("tokens")
    .innerJoin("people", "people.id", "tokens.person_id")
    .innerJoin("access_version", (join) => join.on((eb) => eb("access_version.id", "=", 1)))
    .selectAll("people")
    .select(["tokens.hash", "tokens.scope", "access_version.version"])
    .where("tokens.hash", "=", digest(secret))
    .where("tokens.revoked_at", "is", null)
    .where((eb) => eb.or([eb("tokens.expires_at", "is", null), eb("tokens.expires_at", ">", deps.now())]))
    .executeTakeFirst();
  if (!found || !isActive(found, deps.now())) return undefined;
  const { hash, scope, version, ...person } = found;
  const cap = scope === "read" ? LEVELS.view : LEVELS.manage;
  return { person, cap, csrf: undefined, hash, version, viewingAs: undefined };
}
