import { createHash } from "node:crypto";
import type { Entry, Permissions } from "../access/entries.ts";
import { LEVELS, levelName } from "../access/levels.ts";

/** What is said for one principal on one scope; `""`: nothing of its own, it inherits. */
export const CHOICES = ["", "none", "view", "comment", "edit", "manage", "block"] as const;
export type Choice = (typeof CHOICES)[number];

/** Principal → choice. */
export type Choices = ReadonlyMap<string, Choice>;

export function choiceOf(entries: Entry[], principal: string): Choice {
  const own = entries.filter((entry) => entry.principal === principal);
  if (own.some((entry) => entry.kind === "block")) return "block";
  return own[0] ? levelName(own[0].level) : "";
}

/** Entries with those of the chosen principals replaced. */
export const withChoices = (entries: Entry[], choices: Choices): Entry[] => [
  ...entries.filter((entry) => !choices.has(entry.principal)),
  ...[...choices].flatMap(([principal, choice]) => entryFor(principal, choice)),
];

/** What was shown when a form was made: whoever saves it must know if somebody else changed it since. */
export const fingerprint = (shown: Permissions[]): string =>
  createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 22);

function entryFor(principal: string, choice: Choice): Entry[] {
  if (choice === "") return [];
  return choice === "block"
    ? [{ principal, kind: "block", level: LEVELS.none }]
    : [{ principal, kind: "grant", level: LEVELS[choice] }];
}
