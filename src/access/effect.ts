import type { Db } from "../db/open.ts";
import { LEVELS } from "./levels.ts";
import { listLevels, withAncestors } from "./scopes.ts";
import { type Clock, inTransaction, type Tx } from "./transaction.ts";
import { isActive, type Standing, standingOf, type Viewer } from "./viewer.ts";

/** Person id → scope id → level; people and scopes without view are left out. */
export type Levels = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Something that hangs in a scope, and in which one it hangs after the change: often the same. */
export type Place = { id: string; before: string; after: string };

/** People whose level on one place changes alike. Levels are 0 to 4. */
export type Change = { place: string; from: number; to: number; people: string[] };

/** What would be: everybody's levels before on some scopes, and after on those that `work` named. */
export type Foreseen = { before: Levels; after: Levels; scopes: string[] };

/**
 * Does `work`, finds out everybody's levels, and takes everything back. Errors of `work` pass through.
 * @param scopes those to look at before
 * @param work returns the scopes to look at after it
 */
export async function foresee(
  db: Db,
  viewer: Viewer,
  clock: Clock,
  { scopes, work }: { scopes: string[]; work: (tx: Tx) => Promise<string[]> },
): Promise<Foreseen> {
  const takenBack: { foreseen?: Foreseen } = {};
  await inTransaction(db, viewer, clock, async (tx) => {
    const before = await listEveryonesLevels(tx.unguarded, tx.now, scopes);
    const later = await work(tx);
    const after = await listEveryonesLevels(tx.unguarded, tx.now, later);
    takenBack.foreseen = { before, after, scopes: later };
    throw takenBack;
  }).catch((error) => {
    if (error !== takenBack) throw error;
  });
  if (!takenBack.foreseen) throw new Error("nothing was foreseen");
  return takenBack.foreseen;
}

/** The same with all scopes there are. */
export async function foreseeEverywhere(
  db: Db,
  viewer: Viewer,
  clock: Clock,
  work: (tx: Tx) => Promise<void>,
): Promise<Foreseen> {
  const scopes = (await db.selectFrom("scopes").select("id").orderBy("id").execute()).map((scope) => scope.id);
  const doAll = async (tx: Tx): Promise<string[]> => {
    await work(tx);
    return scopes;
  };
  return foresee(db, viewer, clock, { scopes, work: doAll });
}

/** What changes on the given places, by place in their order, then by level from and to. */
export function compareLevels(before: Levels, after: Levels, places: Place[]): Change[] {
  const people = [...new Set([...before.keys(), ...after.keys()])].sort();
  return places.flatMap((place) => {
    const changes = new Map<string, Change>();
    for (const person of people) {
      const from = before.get(person)?.get(place.before) ?? LEVELS.none;
      const to = after.get(person)?.get(place.after) ?? LEVELS.none;
      const change = changes.get(`${from}${to}`) ?? { place: place.id, from, to, people: [] };
      change.people.push(person);
      changes.set(`${from}${to}`, change);
    }
    return [...changes.values()].filter(({ from, to }) => from !== to).sort((a, b) => a.from - b.from || a.to - b.to);
  });
}

/**
 * The levels of all active people at once on some scopes. People for whom the same entries count have the same levels, so
 * the SQL runs once for each such group, not once for each person.
 */
export async function listEveryonesLevels(
  db: Pick<Db, "selectFrom" | "getExecutor" | "engine">,
  now: string,
  scopes: string[],
): Promise<Levels> {
  const among = await withAncestors(db, scopes);
  const counts = await listWhatCounts(db, among);
  const groups = new Map<string, Promise<Map<string, number>>>();
  const everyone = new Map<string, ReadonlyMap<string, number>>();
  for (const [id, standing] of await listStandings(db, now)) {
    const group = {
      principals: standing.principals.filter((principal) => counts.principals.has(principal)).sort(),
      manages: standing.manages.filter((department) => counts.owners.has(department)).sort(),
      cap: standing.cap,
    };
    const key = JSON.stringify(group);
    const levels = groups.get(key) ?? listLevels(db, group, among);
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

/** The principals that have entries on these scopes, and the departments that own them. */
async function listWhatCounts(
  db: Pick<Db, "selectFrom">,
  among: string[],
): Promise<{ principals: Set<string>; owners: Set<string> }> {
  const ids = ["", ...among];
  const entries = await db
    .selectFrom("scope_entries")
    .select("principal")
    .distinct()
    .where("scope_id", "in", ids)
    .orderBy("principal")
    .execute();
  const owners = await db.selectFrom("scopes").select("department_id").where("id", "in", ids).orderBy("id").execute();
  return {
    principals: new Set(entries.map((entry) => entry.principal)),
    owners: new Set(owners.flatMap((owner) => owner.department_id ?? [])),
  };
}
