import type { Deps } from "../http/deps.ts";
import { later } from "../http/session.ts";

const FREE_TRIES = 5;
const WINDOW_MS = 15 * 60_000;

/**
 * Counts a try before it is made, so that many at once are no way around: after five wrong ones, fifteen minutes.
 * @param subject what is tried, e.g. an account
 * @returns whether it may be made
 */
export async function takeTry(deps: Pick<Deps, "db" | "now">, subject: string): Promise<boolean> {
  const now = deps.now();
  await deps.db.deleteFrom("login_failures").where("until", "<=", now).execute();
  const { failures } = await deps.db
    .insertInto("login_failures")
    .values({ subject, failures: 1, until: later(now, WINDOW_MS) })
    .onConflict((oc) =>
      oc.column("subject").doUpdateSet((eb) => ({
        failures: eb("login_failures.failures", "+", 1),
        until: eb
          .case()
          .when("login_failures.failures", "<", FREE_TRIES)
          .then(eb.ref("excluded.until"))
          .else(eb.ref("login_failures.until"))
          .end(),
      })),
    )
    .returning("failures")
    .executeTakeFirstOrThrow();
  return failures <= FREE_TRIES;
}

/** The try was right: the next one is the first again. */
export async function forgetTries(deps: Pick<Deps, "db">, subject: string): Promise<void> {
  await deps.db.deleteFrom("login_failures").where("subject", "=", subject).execute();
}
