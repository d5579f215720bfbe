import type { Db } from "../db/open.ts";
import type { Department, Membership, Person } from "../db/schema.ts";
import { LEVELS } from "./levels.ts";
import { listLevels } from "./scopes.ts";

/** Someone looking: who they are and the level they have on every scope they may see. Scopes not listed do not exist for them. */
export type Viewer = {
  id: string;
  login: string;
  name: string;
  kind: Person["kind"];
  isAdmin: boolean;
  departments: { id: string; key: string; name: string; role: Membership["role"] }[];
  /** Ids of the departments they manage, descendants included. */
  manages: ReadonlySet<string>;
  principals: string[];
  /** The highest level they can have anywhere: guests comment, a read token views. */
  cap: number;
  levels: ReadonlyMap<string, number>;
  /** Of the permissions that the levels follow from, or an earlier one. */
  version: number;
};

/**
 * Loads the viewer of an active person. `cap` limits every level, e.g. `LEVELS.view` for a read-only token.
 * @returns undefined when the person is missing, disabled or expired at `now`
 */
export async function findViewer(
  db: Db,
  personId: string,
  options: { now: string; cap?: number },
): Promise<Viewer | undefined> {
  const version = await currentVersion(db);
  const person = await db.selectFrom("people").selectAll().where("id", "=", personId).executeTakeFirst();
  if (!person || !isActive(person, options.now)) return undefined;
  const [memberships, departments] = await Promise.all([
    db.selectFrom("memberships").selectAll().where("person_id", "=", personId).orderBy("department_id").execute(),
    db.selectFrom("departments").selectAll().orderBy("id").execute(),
  ]);
  const standing = standingOf(person, { departments, memberships });
  const manages = new Set(standing.manages);
  const cap = Math.min(options.cap ?? LEVELS.manage, standing.cap);
  return {
    id: person.id,
    login: person.login,
    name: person.name,
    kind: person.kind,
    isAdmin: person.admin_at !== null,
    departments: memberships.flatMap((m) =>
      departments.filter((d) => d.id === m.department_id).map(({ id, key, name }) => ({ id, key, name, role: m.role })),
    ),
    manages,
    principals: standing.principals,
    cap,
    levels: await listLevels(db, { ...standing, cap }),
    version,
  };
}

/** Counts every change of permissions, people and departments. */
export async function currentVersion(db: Pick<Db, "selectFrom">): Promise<number> {
  const row = await db.selectFrom("access_version").select("version").where("id", "=", 1).executeTakeFirstOrThrow();
  return row.version;
}

/** What decides about the levels of a person (permissions.md, Principals): who they are, what they manage, how far they may go. */
export type Standing = { principals: string[]; manages: string[]; cap: number };

/** @param place.memberships those of this person alone */
export function standingOf(
  person: Pick<Person, "id" | "kind">,
  place: { departments: Pick<Department, "id" | "parent_id">[]; memberships: Membership[] },
): Standing {
  const parents = new Map(place.departments.map((d) => [d.id, d.parent_id]));
  const manages = managedDepartments(parents, place.memberships);
  const own = place.memberships.flatMap((m) => ancestorsAndSelf(parents, m.department_id));
  return {
    principals: [
      `person:${person.id}`,
      ...new Set(own.map((id) => `department:${id}`)),
      ...manages.map((id) => `managers:${id}`),
      ...(person.kind === "employee" ? ["everyone"] : []),
    ],
    manages,
    cap: person.kind === "guest" ? LEVELS.comment : LEVELS.manage,
  };
}

/** The operator at the command line, or a job: sees and may do everything. Never made from a request. */
export async function systemViewer(db: Db, person: Pick<Person, "id" | "login" | "name">): Promise<Viewer> {
  const scopes = await db.selectFrom("scopes").select("id").orderBy("id").execute();
  const departments = await db.selectFrom("departments").select("id").orderBy("id").execute();
  return {
    ...person,
    kind: "employee",
    isAdmin: true,
    departments: [],
    manages: new Set(departments.map((d) => d.id)),
    principals: [SYSTEM],
    cap: LEVELS.manage,
    levels: new Map(scopes.map((scope) => [scope.id, LEVELS.manage])),
    version: await currentVersion(db),
  };
}

export const isSystem = (viewer: Viewer): boolean => viewer.principals[0] === SYSTEM;
const SYSTEM = "system";

export const isActive = (person: Pick<Person, "deactivated_at" | "expires_at">, now: string): boolean =>
  person.deactivated_at === null && (person.expires_at === null || person.expires_at > now);

function managedDepartments(parents: Map<string, string | null>, memberships: Membership[]): string[] {
  const managed = new Set(memberships.filter((m) => m.role === "manager").map((m) => m.department_id));
  return [...parents.keys()].filter((id) => ancestorsAndSelf(parents, id).some((above) => managed.has(above)));
}

function ancestorsAndSelf(parents: Map<string, string | null>, id: string): string[] {
  const path: string[] = [];
  for (let at: string | null | undefined = id; at && !path.includes(at); at = parents.get(at)) path.push(at);
  return path;
}
