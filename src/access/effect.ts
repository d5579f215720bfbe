import type { Db } from "../db/open.ts";
import { LEVELS } from "./levels.ts";
import { listLevels } from "./scopes.ts";
import { type Clock, inTransaction, type Tx } from "./transaction.ts";
import { isActive, type Standing, standingOf, type Viewer } from "./viewer.ts";

/** People whose level on one scope changes alike. Levels are 0 to 4. */
export type Change = { scope_id: string; from: number; to: number; people: string[] };

/** Person id → scope id → level; people and scopes without view are left out. */
export type Levels = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Does `work`, finds out whose levels it changes, and takes everything back. Errors of `work` pass through. */
export async function foresee(
  db: Db,
  viewer: Viewer,
  clock: Clock,
  work: (tx: Tx) => Promise<unknown>,
): Promise<Change[]> {
  let changes: Change[] = [];
  await inTransaction(db, viewer, clock, async (tx) => {
    const before = await listEveryonesLevels(tx.unguarded, tx.now);
    await work(tx);
    changes = compareLevels(before, await listEveryonesLevels(tx.unguarded, tx.now));
    throw new TakenBack();
  }).catch((error) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return changes;
}

class TakenBack extends Error {}

/** What changed between two states, by scope, then by level from and to. */
export function compareLevels(before: Levels, after: Levels): Change[] {
  const changes = new Map<string, Change>();
  for (const person of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, is] = [before.get(person), after.get(person)];
    for (const scope_id of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
      const [from, to] = [was?.get(scope_id) ?? LEVELS.none, is?.get(scope_id) ?? LEVELS.none];
      const key = `${scope_id} ${from} ${to}`;
      if (from !== to) changes.set(key, { scope_id, from, to, people: [...(changes.get(key)?.people ?? []), person] });
    }
  }
  return [...changes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

/**
 * The levels of all active people at once. People for whom the same entries count have the same levels, so the SQL runs
 * once for each such group, not once for each person.
 */
export async function listEveryonesLevels(
  db: Pick<Db, "selectFrom" | "getExecutor" | "engine">,
  now: string,
): Promise<Levels> {
  const standings = await listStandings(db, now);
  const counts = await listWhatCounts(db);
  const groups = new Map<string, Promise<Map<string, number>>>();
  const everyone = new Map<string, ReadonlyMap<string, number>>();
  for (const [id, standing] of standings) {
    const group = {
      principals: standing.principals.filter((principal) => counts.principals.has(principal)).sort(),
      manages: standing.manages.filter((department) => counts.owners.has(department)).sort(),
      cap: standing.cap,
    };
    const key = JSON.stringify(group);
    const levels = groups.get(key) ?? listLevels(db, group);
    groups.set(key, levels);
    everyone.set(id, await levels);
  }
  return everyone;
}

async function listStandings(db: Pick<Db, "selectFrom">, now: string): Promise<[string, Standing][]> {
  const people = await db.selectFrom("people").selectAll().orderBy("id").execute();
  const memberships = await db
    .selectFrom("memberships")
    .selectAll()
    .orderBy("person_id")
    .orderBy("department_id")
    .execute();
  const departments = await db.selectFrom("departments").select(["id", "parent_id"]).orderBy("id").execute();
  const byPerson = Map.groupBy(memberships, (membership) => membership.person_id);
  return people
    .filter((person) => isActive(person, now))
    .map((person) => [person.id, standingOf(person, { departments, memberships: byPerson.get(person.id) ?? [] })]);
}

async function listWhatCounts(db: Pick<Db, "selectFrom">): Promise<{ principals: Set<string>; owners: Set<string> }> {
  const entries = await db.selectFrom("scope_entries").select("principal").distinct().orderBy("principal").execute();
  const owners = await db.selectFrom("scopes").select("department_id").distinct().orderBy("department_id").execute();
  return {
    principals: new Set(entries.map((entry) => entry.principal)),
    owners: new Set(owners.flatMap((owner) => owner.department_id ?? [])),
  };
}
