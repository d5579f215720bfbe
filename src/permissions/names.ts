import type { Reader } from "../access/reader.ts";
import type { Department, Person } from "../db/schema.ts";
import { countPeople, inTreeOrder, listAbove, listDepartments } from "../departments/queries.ts";
import type { T } from "../i18n/i18n.ts";

/** Everybody and everything that permissions can name. */
export type Company = {
  /** From the top down. */
  departments: (Department & { depth: number })[];
  people: Pick<Person, "id" | "login" | "name" | "kind" | "deactivated_at">[];
  /** Department id → active people in it or below. */
  counts: Map<string, number>;
};

export async function listCompany(read: Reader): Promise<Company> {
  const departments = await listDepartments(read);
  return {
    departments: inTreeOrder(departments),
    people: await read
      .selectFrom("people")
      .select(["id", "login", "name", "kind", "deactivated_at"])
      .orderBy("login")
      .execute(),
    counts: await countPeople(read, departments),
  };
}

/** All principals that exist. */
export const knownPrincipals = ({ departments, people }: Company): Set<string> =>
  new Set([
    "everyone",
    ...departments.flatMap(({ id }) => [`department:${id}`, `managers:${id}`]),
    ...people.map(({ id }) => `person:${id}`),
  ]);

/** Principal → how people call it. What is gone has no name. */
export function nameAll(t: T, company: Company): Map<string, string> {
  return new Map([
    ["everyone", t("access.everyone")],
    ...company.departments.map(({ id, name }): [string, string] => [`department:${id}`, name]),
    ...company.departments.map(({ id, name }): [string, string] => [
      `managers:${id}`,
      t("access.managersOf", { department: name }),
    ]),
    ...company.people.map(({ id, name }): [string, string] => [`person:${id}`, name]),
  ]);
}

/** What else counts for whoever a principal stands for, the nearest first. */
export function broaderThan(principal: string, { departments }: Company): string[] {
  const [kind, id] = principal.split(":");
  const department = departments.find((d) => d.id === id);
  if (kind === "everyone") return [];
  if (kind !== "department" || !department) return ["everyone"];
  return [
    ...listAbove(departments, department)
      .reverse()
      .map((d) => `department:${d.id}`),
    "everyone",
  ];
}

/** How many people a principal stands for; unknown for managers. */
export function countOf(principal: string, { people, counts }: Company): number | null {
  const [kind, id = ""] = principal.split(":");
  if (kind === "everyone") return people.filter((p) => p.kind === "employee" && p.deactivated_at === null).length;
  return kind === "department" ? (counts.get(id) ?? 0) : null;
}
