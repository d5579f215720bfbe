import type { LevelName } from "../access/levels.ts";
import type { Person } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import type { Effect, Outcome } from "./effect.ts";

const NAMES_SHOWN = 40;

/** Who gains and who loses, in words. `people` names those concerned. */
export function presentEffect(t: T, { gains, losses, untouched }: Effect, people: Pick<Person, "id" | "name">[]) {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const line = (words: (level: LevelName) => string, outcome: Outcome) => ({
    people: t("shared.count.people", { count: outcome.people.length }),
    words: words(outcome.level),
    names: outcome.people
      .slice(0, NAMES_SHOWN)
      .flatMap((id) => names.get(id) ?? [])
      .join(t("shared.comma")),
    more: outcome.people.length > NAMES_SHOWN,
  });
  return {
    gains: gains.map((one) => line((level) => gained(t, level, one), one)),
    losses: losses.map((one) => line((level) => lost(t, level, one), one)),
    nobody: t("shared.count.people", { count: 0 }),
    untouched: untouched > 0 ? t("access.untouched", { count: untouched }) : null,
  };
}

function gained(t: T, level: LevelName, outcome: Outcome): string {
  const values = valuesOf(t, outcome);
  if (level === "view") return t("access.gains.view", values);
  if (level === "comment") return t("access.gains.comment", values);
  return level === "edit" ? t("access.gains.edit", values) : t("access.gains.manage", values);
}

function lost(t: T, level: LevelName, outcome: Outcome): string {
  const values = valuesOf(t, outcome);
  if (level === "none") return t("access.loses.none", values);
  if (level === "view") return t("access.loses.view", values);
  return level === "comment" ? t("access.loses.comment", values) : t("access.loses.edit", values);
}

/** "可阅读「产品」230 页" */
const valuesOf = (t: T, { ground: { name, unit }, count }: Outcome) => ({
  name,
  what: unit === "one" ? "" : t(unit === "pages" ? "access.what.pages" : "access.what.customers", { count }),
});
