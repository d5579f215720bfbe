import { listEveryonesLevels } from "../access/effect.ts";
import type { Reader } from "../access/reader.ts";
import { isActive, standingOf } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";
import type { Person } from "../db/schema.ts";
import { listChain } from "./queries.ts";
import { type Reason, reasonsFor } from "./reasons.ts";

/** What somebody may do with something, and every path by which they may. `level` is 0 to 4, `reason` what decides. */
export type Access = { person: Person; level: number; reason: Reason; reasons: Reason[]; departments: string[] };

/**
 * The access of all active people to a scope that the viewer manages, also of those who have none.
 * @param scope.owner id of the department that owns it
 */
export async function listAccess(
  { read, db, now }: { read: Reader; db: Db; now: string },
  scope: { id: string; owner: string },
): Promise<Access[]> {
  const levels = await listEveryonesLevels(db, now, [scope.id]);
  const chain = await listChain(read, scope.id);
  const people = await read.selectFrom("people").selectAll().orderBy("login").execute();
  const memberships = await read
    .selectFrom("memberships")
    .selectAll()
    .orderBy("person_id")
    .orderBy("department_id")
    .execute();
  const departments = await read.selectFrom("departments").select(["id", "parent_id", "name"]).orderBy("id").execute();
  const byPerson = Map.groupBy(memberships, (membership) => membership.person_id);
  const placesOf = (id: string): string[] =>
    (byPerson.get(id) ?? []).flatMap(
      (place) => departments.find((department) => department.id === place.department_id)?.name ?? [],
    );
  return people
    .filter((person) => isActive(person, now))
    .map((person) => {
      const standing = standingOf(person, { departments, memberships: byPerson.get(person.id) ?? [] });
      const level = levels.get(person.id)?.get(scope.id) ?? 0;
      const reasons = reasonsFor(standing, level, { owner: scope.owner, chain });
      return { person, level, reason: reasons[0], reasons, departments: placesOf(person.id) };
    });
}
