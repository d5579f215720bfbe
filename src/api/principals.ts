import { z } from "zod";
import type { Entry } from "../access/entries.ts";
import { LEVEL_NAMES, LEVELS, levelName } from "../access/levels.ts";
import type { Reader } from "../access/reader.ts";
import { listDepartments } from "../departments/queries.ts";
import { type FieldErrors, Invalid } from "../errors.ts";
import { listPeopleById, listPeopleByLogin } from "../people/queries.ts";

/** Entries as the outside writes them: departments by key, people by login. A block needs no level. */
export const outsideEntry = z.strictObject({
  principal: z
    .string()
    .max(100)
    .regex(/^(everyone|(department|managers|person):.+)$/, "api.principalRule")
    .describe("everyone, department:KEY, managers:KEY or person:LOGIN"),
  level: z.enum(LEVEL_NAMES).default("none"),
  kind: z.enum(["grant", "block"]).default("grant"),
});
export type OutsideEntry = z.infer<typeof outsideEntry>;

/** What a scope holds of its own; `restricted`: nothing is inherited from above. */
export const outsideEntries = z.strictObject({ entries: z.array(outsideEntry).max(500), restricted: z.boolean() });

/** New entries of a scope. Without `restricted` that stays as it is: leaving it out must never open a scope. */
export const newEntries = outsideEntries.partial({ restricted: true });

/**
 * Entries as the database keeps them, by ids.
 * @throws Invalid that names every entry whose department or person does not exist
 */
export async function entriesFrom(read: Reader, outside: OutsideEntry[]): Promise<Entry[]> {
  const departments = new Map((await listDepartments(read)).map(({ key, id }) => [key, id]));
  const logins = outside
    .map(({ principal }) => partsOf(principal))
    .flatMap(({ kind, name }) => (kind === "person" ? [name] : []));
  const people = await listPeopleByLogin(read, logins);
  const wrong: FieldErrors = {};
  const entries = outside.map(({ principal, level, kind }, i) => {
    const { kind: whom, name } = partsOf(principal);
    const id = whom === "person" ? people.get(name)?.id : departments.get(name);
    if (whom !== "everyone" && id === undefined) wrong[`entries.${i}.principal`] = "api.principalMissing";
    const before = outside.slice(0, i).some((other) => other.principal === principal && other.kind === kind);
    if (before) wrong[`entries.${i}.principal`] = "api.principalTwice";
    return { principal: whom === "everyone" ? whom : `${whom}:${id}`, kind, level: LEVELS[level] };
  });
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong);
  return entries;
}

/** Entries as the outside reads them; those of people and departments that are gone are left out. */
export async function presentEntries(read: Reader, entries: Entry[]): Promise<OutsideEntry[]> {
  const departments = new Map((await listDepartments(read)).map(({ id, key }) => [id, key]));
  const people = await listPeopleById(
    read,
    entries.map(({ principal }) => partsOf(principal).name),
  );
  return entries.flatMap(({ principal, level, kind }) => {
    const { kind: whom, name: id } = partsOf(principal);
    const name = whom === "person" ? people.get(id)?.login : departments.get(id);
    const shown = { level: levelName(level), kind };
    return whom === "everyone"
      ? [{ principal: whom, ...shown }]
      : name
        ? [{ principal: `${whom}:${name}`, ...shown }]
        : [];
  });
}

function partsOf(principal: string): { kind: string; name: string } {
  const [kind = "", ...name] = principal.split(":");
  return { kind, name: name.join(":") };
}
