import type { Permissions } from "../access/entries.ts";
import type { Person } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { personUrl } from "../people/urls.ts";
import { type Choice, choiceOf } from "./choices.ts";
import type { PermissionChange } from "./history.ts";
import { labelOf } from "./present-level.ts";

type Around = {
  /** Principal → name. */
  names: Map<string, string>;
  people: Pick<Person, "id" | "login" | "name">[];
  /** Scope → the space or page it belongs to. */
  scopes: Map<string, { name: string; url: string }>;
};

/** Changes of permissions as "department: before → after". */
export const presentHistory = (t: T, changes: PermissionChange[], { names, people, scopes }: Around) =>
  changes.map(({ at, actor, scopeId, before, after }) => {
    const person = people.find(({ id }) => id === actor);
    return {
      at,
      person: person ? { name: person.name, url: personUrl(person) } : null,
      subject: scopes.get(scopeId) ?? null,
      lines: after ? differences(t, names, before, after) : [t("access.inheritsAgain")],
    };
  });

function differences(t: T, names: Map<string, string>, before: Permissions, after: Permissions): string[] {
  const principals = new Set([...before.entries, ...after.entries].map((entry) => entry.principal));
  const lines = [...principals].flatMap((principal) => {
    const [from, to] = [choiceOf(before.entries, principal), choiceOf(after.entries, principal)];
    const name = names.get(principal);
    return name && from !== to ? [t("access.changedFromTo", { name, from: word(t, from), to: word(t, to) })] : [];
  });
  if (before.restricted === after.restricted) return lines;
  return [...lines, t(after.restricted ? "access.nowRestricted" : "access.nowOpen")];
}

const word = (t: T, choice: Choice): string => (choice === "" ? t("access.nothingSaid") : labelOf(t, choice));
