import type { Deps } from "../http/deps.ts";
import { later } from "../http/session.ts";

const FREE_TRIES = 5;
const WINDOW_MS = 15 * 60_000;

/** Whether logins of this subject (an account, or an address) must wait; after five wrong ones, fifteen minutes. */
export async function mustWait(deps: Pick<Deps, "db" | "now">, subjects: string[]): Promise<boolean> {
  const rows = await deps.db
    .selectFrom("login_failures")
    .select("failures")
    .where("subject", "in", subjects)
    .where("until", ">", deps.now())
    .execute();
  return rows.some((row) => row.failures >= FREE_TRIES);
}

export async function countFailure(deps: Pick<Deps, "db" | "now">, subjects: string[]): Promise<void> {
  const now = deps.now();
  const until = later(now, WINDOW_MS);
  await deps.db.deleteFrom("login_failures").where("until", "<=", now).execute();
  for (const subject of subjects) {
    await deps.db
      .insertInto("login_failures")
      .values({ subject, failures: 1, until })
      .onConflict((oc) =>
        oc.column("subject").doUpdateSet((eb) => ({ failures: eb("login_failures.failures", "+", 1), until })),
      )
      .execute();
  }
}

export async function forgetFailures(deps: Pick<Deps, "db">, subjects: string[]): Promise<void> {
  await deps.db.deleteFrom("login_failures").where("subject", "in", subjects).execute();
}
