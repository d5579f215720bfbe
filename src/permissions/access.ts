import { listEveryonesLevels } from "../access/effect.ts";
import type { Reader } from "../access/reader.ts";
import { isActive, standingOf } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";
import type { Person } from "../db/schema.ts";
import { listChain } from "./queries.ts";
import { type Reason, reasonFor } from "./reasons.ts";

/** What somebody may do with a space or page, and why. `level` is 0 to 4. */
export type Access = { person: Person; level: number; reason: Reason };

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
  const departments = await read.selectFrom("departments").select(["id", "parent_id"]).orderBy("id").execute();
  const byPerson = Map.groupBy(memberships, (membership) => membership.person_id);
  return people
    .filter((person) => isActive(person, now))
    .map((person) => {
      const standing = standingOf(person, { departments, memberships: byPerson.get(person.id) ?? [] });
      const level = levels.get(person.id)?.get(scope.id) ?? 0;
      return { person, level, reason: reasonFor(standing, level, { owner: scope.owner, chain }) };
    });
}
