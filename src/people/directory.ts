import type { Reader } from "../access/reader.ts";
import { isActive } from "../access/viewer.ts";
import type { Department, Membership, Person } from "../db/schema.ts";

/** Which accounts a list shows. */
export const STATES = ["active", "inactive", "guest", "all"] as const;
export type State = (typeof STATES)[number];

export type Place = Pick<Department, "id" | "key" | "name"> & Pick<Membership, "role">;
export type Listed = Person & { active: boolean; departments: Place[] };

/** Everybody in the company whose name, login, title or e-mail holds `q`, with their departments. */
export async function listPeople(read: Reader, filter: { q: string; state: State; now: string }): Promise<Listed[]> {
  const people = await read.selectFrom("people").selectAll().orderBy("login").execute();
  const places = await listPlaces(read);
  const q = filter.q.trim().toLowerCase();
  return people
    .map((person) => ({
      ...person,
      active: isActive(person, filter.now),
      departments: places.get(person.id) ?? [],
    }))
    .filter((person) => isIn[filter.state](person))
    .filter((person) => textOf(person).includes(q));
}

/** The departments of one person, those they manage first. */
export async function listPlacesOf(read: Reader, personId: string): Promise<Place[]> {
  return (await listPlaces(read, personId)).get(personId) ?? [];
}

const isIn: Record<State, (person: Listed) => boolean> = {
  active: (person) => person.active,
  inactive: (person) => !person.active,
  guest: (person) => person.kind === "guest",
  all: () => true,
};

const textOf = ({ name, login, title, email }: Person): string =>
  [name, login, title ?? "", email ?? ""].join("\n").toLowerCase();

async function listPlaces(read: Reader, personId?: string): Promise<Map<string, Place[]>> {
  const rows = await read
    .selectFrom("memberships")
    .innerJoin("departments", "departments.id", "memberships.department_id")
    .select(["memberships.person_id", "departments.id", "departments.key", "departments.name", "memberships.role"])
    .$if(personId !== undefined, (q) => q.where("memberships.person_id", "=", personId ?? ""))
    .orderBy("memberships.role")
    .orderBy("departments.key")
    .execute();
  return Map.groupBy(rows, (row) => row.person_id);
}
