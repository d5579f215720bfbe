import type { Entry } from "../access/entries.ts";
import { LEVELS, type LevelName, levelName } from "../access/levels.ts";
import type { Reader } from "../access/reader.ts";
import { Invalid } from "../errors.ts";

/** An entry as people, files and the API write it: `everyone`, `department:KEY`, `managers:KEY`, `person:LOGIN`. */
export type NamedEntry = { principal: string; level: LevelName; kind?: Entry["kind"] | undefined };

/**
 * Named entries as they are stored, with ids in the place of keys and logins.
 * @throws Invalid when a name is unknown, or stands there twice
 */
export async function storedEntries(read: Reader, named: NamedEntry[]): Promise<Entry[]> {
  const { ids } = await listNames(read);
  const stored = named.map(({ principal, level, kind = "grant" }) => {
    const id = ids.get(principal);
    if (!id) throw new Invalid({ entries: ["access.unknownPrincipal", { name: principal }] });
    return { principal: id, kind, level: LEVELS[level] };
  });
  const twice = stored.find((entry, i) => stored.slice(0, i).some((e) => e.principal === entry.principal));
  if (twice) throw new Invalid({ entries: ["access.samePrincipal", { name: twice.principal }] });
  return stored;
}

/** Stored entries as people write them; those of departments that are gone are left out. */
export async function namedEntries(read: Reader, entries: Entry[]): Promise<Required<NamedEntry>[]> {
  const { names } = await listNames(read);
  return entries.flatMap(({ principal, kind, level }) => {
    const name = names.get(principal);
    return name ? [{ principal: name, level: levelName(level), kind }] : [];
  });
}

/** Names of all principals, and what they are stored as. */
export async function listNames(read: Reader): Promise<{ ids: Map<string, string>; names: Map<string, string> }> {
  const departments = await read.selectFrom("departments").select(["id", "key"]).orderBy("id").execute();
  const people = await read.selectFrom("people").select(["id", "login"]).orderBy("id").execute();
  const pairs: [string, string][] = [
    ["everyone", "everyone"],
    ...departments.flatMap(({ id, key }): [string, string][] => [
      [`department:${key}`, `department:${id}`],
      [`managers:${key}`, `managers:${id}`],
    ]),
    ...people.map(({ id, login }): [string, string] => [`person:${login}`, `person:${id}`]),
  ];
  return { ids: new Map(pairs), names: new Map(pairs.map(([name, id]) => [id, name])) };
}
