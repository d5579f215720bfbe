import type { Deps } from "../http/deps.ts";
import { later } from "../http/session.ts";

const FREE_TRIES = 5;
const WINDOW_MS = 15 * 60_000;

/**
 * Counts a try before it is made, so that many at once are no way around: after so many in fifteen minutes none.
 * @param subject what is tried, e.g. an account
 * @param most how many may be made
 * @returns whether it may be made
 */
export async function takeTry(
  deps: Pick<Deps, "db" | "now">,
  subject: string,
  most: number = FREE_TRIES,
): Promise<boolean> {
  const now = deps.now();
  await deps.db.deleteFrom("login_failures").where("until", "<=", now).execute();
  const { failures } = await deps.db
    .insertInto("login_failures")
    .values({ subject, failures: 1, until: later(now, WINDOW_MS) })
    .onConflict((oc) => oc.column("subject").doUpdateSet((eb) => ({ failures: eb("login_failures.failures", "+", 1) })))
    .returning("failures")
    .executeTakeFirstOrThrow();
  return failures <= most;
}

/** The try was right: the next one is the first again. */
export async function forgetTries(deps: Pick<Deps, "db">, subject: string): Promise<void> {
  await deps.db.deleteFrom("login_failures").where("subject", "=", subject).execute();
}

/** The try was right, and does not count; wrong ones before it do. */
export async function giveBackTry(deps: Pick<Deps, "db">, subject: string): Promise<void> {
  await deps.db
    .updateTable("login_failures")
    .set((eb) => ({ failures: eb("failures", "-", 1) }))
    .where("subject", "=", subject)
    .execute();
}
