import { levelName } from "../access/levels.ts";
import type { T } from "../i18n/i18n.ts";
import { personUrl } from "../people/urls.ts";
import type { Access } from "./access.ts";
import { presentRail } from "./present-rail.ts";
import { levelLabel, type Names, sayPath, sayReason } from "./present-reason.ts";
import type { Subject } from "./subjects.ts";
import { personAskedUrl } from "./urls.ts";

export type { Names };

type Shown = { access: Access[]; names: Names; person: string; isKnown: boolean };

/** The others are in the file, and found by name. */
const MOST_SHOWN = 200;

/** Who can see something, and why; or why one person can or cannot. */
export function presentAccess(t: T, subject: Subject, { access, names, person, isKnown }: Shown) {
  return {
    title: t("access.whoCanSee"),
    ...presentRail(t, null),
    crumbs: [
      { name: subject.name, url: subject.homeUrl },
      { name: t("access.title"), url: subject.url },
    ],
    url: `${subject.url}/people`,
    person,
    isUnknown: person !== "" && !isKnown,
    count: access.filter(({ level }) => level > 0).length,
    paths: isKnown ? [] : countPaths(t, access, names),
    rows: presentAccessRows(t, access.slice(0, MOST_SHOWN), names),
    more: Math.max(0, access.length - MOST_SHOWN),
  };
}

/** One row for each person, with every path by which they see it. */
export const presentAccessRows = (t: T, access: Access[], names: Names) =>
  access.map(({ person, level, reasons, departments }) => ({
    name: person.name,
    login: person.login,
    url: personUrl(person),
    askUrl: personAskedUrl(person),
    departments: departments.join(t("shared.comma")),
    level: levelName(level),
    levelLabel: levelLabel(t, level),
    reasons: reasons.map((reason) => (reasons.length > 1 ? sayPath : sayReason)(t, reason, names)),
  }));

/** How many people see it by each path; who has several counts for each. The widest comes first. */
function countPaths(t: T, access: Access[], names: Names) {
  const counts = new Map<string, number>();
  for (const { reasons } of access)
    for (const reason of reasons) {
      const path = sayPath(t, reason, names);
      counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([path, count]) => ({ path, people: t("shared.count.people", { count }) }));
}
