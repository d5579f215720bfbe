import type { Db } from "../db/open.ts";
import type { Department } from "../db/schema.ts";
import { LEVELS } from "./levels.ts";
import { listLevels } from "./scopes.ts";
import { currentVersion, standingOf, type Viewer } from "./viewer.ts";

/**
 * What someone sees who is a member of one department and of nothing else.
 * @returns undefined when there is no such department
 */
export async function findDepartmentViewer(db: Db, departmentId: string): Promise<Viewer | undefined> {
  const version = await currentVersion(db);
  const departments = await db.selectFrom("departments").selectAll().orderBy("id").execute();
  const department = departments.find(({ id }) => id === departmentId);
  if (!department) return undefined;
  const standing = standingOfMember(departments, department);
  return {
    id: NOBODY,
    login: "",
    name: department.name,
    kind: "employee",
    isAdmin: false,
    departments: [{ id: department.id, key: department.key, name: department.name, role: "member" }],
    manages: new Set(),
    principals: standing.principals,
    cap: standing.cap,
    levels: await listLevels(db, standing),
    version,
  };
}

/** Managers look as people of the departments they manage, and as those departments; not as themselves. */
export const mayViewAs = (self: Viewer, target: Viewer): boolean =>
  self.kind === "employee" &&
  self.id !== target.id &&
  target.departments.some((department) => self.manages.has(department.id));

/**
 * What both see: on each scope the lower of the two levels. Its id belongs to nobody, so whatever is one person's own, such as
 * drafts or sessions, is neither's; and it administers nothing.
 */
export function meet(self: Viewer, target: Viewer): Viewer {
  const levels = [...target.levels].flatMap(([scope, level]): [string, number][] => {
    const own = self.levels.get(scope) ?? LEVELS.none;
    return own > LEVELS.none ? [[scope, Math.min(own, level)]] : [];
  });
  return {
    id: NOBODY,
    login: target.login,
    name: target.name,
    kind: self.kind === "guest" ? self.kind : target.kind,
    isAdmin: false,
    departments: target.departments,
    manages: new Set([...target.manages].filter((department) => self.manages.has(department))),
    principals: [],
    cap: Math.min(self.cap, target.cap),
    levels: new Map(levels),
    version: self.version,
  };
}

/** No id is like this: ids have no colon. */
const NOBODY = "view:as";

function standingOfMember(departments: Department[], { id }: Department) {
  const membership = { department_id: id, person_id: NOBODY, role: "member" as const, created_at: "" };
  return standingOf({ id: NOBODY, kind: "employee" }, { departments, memberships: [membership] });
}
