import type { Permissions } from "../access/entries.ts";
import { type LevelName, levelName } from "../access/levels.ts";
import type { T } from "../i18n/i18n.ts";
import { type Choice, choiceOf } from "./choices.ts";
import { inheritedBy } from "./inheritance.ts";
import { broaderThan, type Company } from "./names.ts";

/** In the matrix; below these are the rarer ones of a single space, and of a page, which can also shut out. */
export const LEVEL_CHOICES: readonly Choice[] = ["", "view", "comment", "edit", "manage"];
export const SPACE_CHOICES: readonly Choice[] = [...LEVEL_CHOICES, "block"];
export const PAGE_CHOICES: readonly Choice[] = ["", "none", "view", "comment", "edit", "manage", "block"];

type Asked = {
  principal: string;
  /** What is said, or would be said after the change: the scope itself first, then those above it. */
  chain: Permissions[];
  stored: Permissions;
  company: Company;
  names: Map<string, string>;
  choices: readonly Choice[];
};

/** The select of one principal on one scope: what it has, from where, and what it could have. */
export function presentLevel(t: T, { principal, chain, stored, company, names, choices }: Asked) {
  const [own, before] = [choiceOf(chain[0]?.entries ?? [], principal), choiceOf(stored.entries, principal)];
  const inherited = inheritedBy(principal, chain, broaderThan(principal, company));
  const isInherited = own === "" && inherited !== undefined;
  const nothing = inheritLabel(t, levelName(inherited?.level ?? 0), choices.includes("none"));
  return {
    level: own === "" ? levelName(inherited?.level ?? 0) : own,
    inherited: isInherited,
    changed: own !== before,
    before,
    from: isInherited ? t("access.inherited", { from: names.get(inherited.from) ?? "" }) : null,
    options: (choices.includes(own) ? choices : [...choices, own]).map((choice) => ({
      value: choice,
      label: choice === "" ? nothing : labelOf(t, choice),
      selected: choice === own,
    })),
  };
}

/** A choice in words. */
export const labelOf = (t: T, choice: Exclude<Choice, "">): string =>
  choice === "block" ? t("access.block") : t(`access.level.${choice}`);

const inheritLabel = (t: T, level: LevelName, canShutOut: boolean): string =>
  level === "none" && !canShutOut
    ? t("access.level.none")
    : t("access.inheritedLevel", { level: t(`access.level.${level}`) });
