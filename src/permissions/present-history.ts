import type { Permissions } from "../access/entries.ts";
import type { Person } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { personUrl } from "../people/urls.ts";
import { type Choice, choiceOf } from "./choices.ts";
import type { PermissionChange } from "./history.ts";
import { labelOf } from "./present-level.ts";

type Place = { name: string; url: string };

type Around = {
  /** Principal → name. */
  names: Map<string, string>;
  people: Pick<Person, "id" | "login" | "name">[];
  /** What a change is about: what it is called, and where its permissions are. */
  placeOf: (change: PermissionChange) => Place | undefined;
  /** The customer and the group it came from; nothing for what is gone or hidden. */
  movedOf: (change: PermissionChange) => { customer: string; from: string; undoUrl: string } | undefined;
  /** On the screen of one thing its name says nothing new. */
  isAlone?: true;
};

/** Changes of permissions as "department: before → after", each with the way back. Those of what is gone are left out. */
export const presentHistory = (t: T, changes: PermissionChange[], around: Around) =>
  changes.flatMap((change) => {
    const { people, placeOf, movedOf, isAlone } = around;
    const [place, person] = [placeOf(change), people.find(({ id }) => id === change.actor)];
    const moved = movedOf(change);
    const lines = moved ? [t("access.movedFrom", moved)] : linesOf(t, change, around.names);
    if (!place || lines.length === 0) return [];
    return {
      at: change.at,
      person: person ? { name: person.name, url: personUrl(person) } : null,
      subject: isAlone ? null : place,
      lines,
      undoUrl: moved?.undoUrl ?? `${place.url}?undo=${change.id}`,
    };
  });

function linesOf(t: T, { before, after, moved }: PermissionChange, names: Map<string, string>): string[] {
  if (moved) return [];
  return after ? differences(t, names, before, after) : [t("access.inheritsAgain")];
}

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
