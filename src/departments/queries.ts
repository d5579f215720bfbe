import type { Reader } from "../access/reader.ts";
import type { Department, Membership, Person } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

export const listDepartments = (read: Reader): Promise<Department[]> =>
  read.selectFrom("departments").selectAll().orderBy("created_at").orderBy("key").execute();

export const findDepartment = (read: Reader, key: string): Promise<Department | undefined> =>
  read.selectFrom("departments").selectAll().where("key", "=", key).executeTakeFirst();

/** @throws NotFound */
export async function getDepartment(read: Reader, key: string): Promise<Department> {
  const department = await findDepartment(read, key);
  if (!department) throw new NotFound();
  return department;
}

type Node = Pick<Department, "id" | "parent_id">;

/** Whether `id` is `above` or lies somewhere below it. */
export const isWithin = (departments: Node[], id: string, above: string): boolean => {
  const parent = departments.find((department) => department.id === id)?.parent_id;
  return id === above || (parent != null && isWithin(departments, parent, above));
};

/** The departments from the top down, each right below its parent and before its siblings; 0 is the top. */
export function inTreeOrder<D extends Node>(
  departments: D[],
  parent: string | null = null,
  depth = 0,
): (D & { depth: number })[] {
  return departments
    .filter((department) => department.parent_id === parent)
    .flatMap((department) => [{ ...department, depth }, ...inTreeOrder(departments, department.id, depth + 1)]);
}

export type Member = Pick<Person, "id" | "login" | "name" | "title" | "kind"> & Pick<Membership, "role">;

/** The departments a department lies in, from the top down to its parent. */
export function listAbove<D extends Node>(departments: D[], department: Node): D[] {
  const parent = departments.find(({ id }) => id === department.parent_id);
  return parent ? [...listAbove(departments, parent), parent] : [];
}

/** Department id → its active managers. */
export async function listManagers(read: Reader): Promise<Map<string, Pick<Person, "login" | "name">[]>> {
  const rows = await read
    .selectFrom("memberships")
    .innerJoin("people", "people.id", "memberships.person_id")
    .select(["department_id", "login", "name"])
    .where("role", "=", "manager")
    .where("deactivated_at", "is", null)
    .orderBy("login")
    .execute();
  return Map.groupBy(rows, (row) => row.department_id);
}

/** Active people of a department, managers first. */
export const listMembers = (read: Reader, departmentId: string): Promise<Member[]> =>
  read
    .selectFrom("memberships")
    .innerJoin("people", "people.id", "memberships.person_id")
    .select(["people.id", "login", "name", "title", "kind", "role"])
    .where("department_id", "=", departmentId)
    .where("deactivated_at", "is", null)
    .orderBy("role")
    .orderBy("login")
    .execute();

/** Department id → number of active people who are in it or in one below it, each counted once. */
export async function countPeople(read: Reader, departments: Node[]): Promise<Map<string, number>> {
  const memberships = await read
    .selectFrom("memberships")
    .innerJoin("people", "people.id", "memberships.person_id")
    .select(["department_id", "person_id"])
    .where("deactivated_at", "is", null)
    .orderBy("department_id")
    .orderBy("person_id")
    .execute();
  const parents = new Map(departments.map(({ id, parent_id }) => [id, parent_id]));
  const people = new Map(departments.map(({ id }) => [id, new Set<string>()]));
  for (const { department_id, person_id } of memberships)
    for (let at: string | null | undefined = department_id; at; at = parents.get(at)) people.get(at)?.add(person_id);
  return new Map([...people].map(([id, set]) => [id, set.size]));
}
