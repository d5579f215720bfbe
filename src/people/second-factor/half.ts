import type { Deps } from "../../http/deps.ts";
import type { Cookie } from "../../http/reply.ts";
import { digest, later } from "../../http/session.ts";

const MINUTES = 5;

/** Remembers for five minutes that somebody's password was right. It opens nothing but the question for their code. */
export async function beginHalf(deps: Pick<Deps, "db" | "now" | "random">, personId: string): Promise<Cookie> {
  const secret = deps.random(32).toString("base64url");
  const now = deps.now();
  await deps.db.deleteFrom("half_sign_ins").where("expires_at", "<=", now).execute();
  await deps.db
    .insertInto("half_sign_ins")
    .values({ hash: digest(secret), person_id: personId, expires_at: later(now, MINUTES * 60_000) })
    .execute();
  return { name: "half", value: secret, maxAge: MINUTES * 60 };
}

/** Whose password was right, by the secret in their cookie. */
export async function findHalf(
  deps: Pick<Deps, "db" | "now">,
  secret: string | undefined,
): Promise<string | undefined> {
  if (secret === undefined) return undefined;
  const found = await deps.db
    .selectFrom("half_sign_ins")
    .select("person_id")
    .where("hash", "=", digest(secret))
    .where("expires_at", ">", deps.now())
    .executeTakeFirst();
  return found?.person_id;
}

/** After the code was right nothing is left of it. */
export async function endHalves(deps: Pick<Deps, "db">, personId: string): Promise<void> {
  await deps.db.deleteFrom("half_sign_ins").where("person_id", "=", personId).execute();
}

export const noHalf: Cookie = { name: "half", value: "", maxAge: 0 };
