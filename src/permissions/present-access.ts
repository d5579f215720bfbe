import { levelName } from "../access/levels.ts";
import type { T } from "../i18n/i18n.ts";
import { personUrl } from "../people/urls.ts";
import type { Access } from "./access.ts";
import { presentRail } from "./present-rail.ts";
import type { Reason } from "./reasons.ts";
import type { Subject } from "./subjects.ts";

type Shown = { access: Access[]; names: Map<string, string>; person: string; isKnown: boolean; owner: string };

/** Who can see a space or page, and why; or why one person can or cannot. */
export const presentAccess = (t: T, subject: Subject, { access, names, person, isKnown, owner }: Shown) => ({
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
  rows: access.map(({ person: who, level, reason }) => ({
    name: who.name,
    url: personUrl(who),
    level: levelName(level),
    levelLabel: t(`access.level.${levelName(level)}`),
    reason: sayReason(t, reason, { names, owner }),
  })),
});

function sayReason(t: T, reason: Reason, { names, owner }: { names: Map<string, string>; owner: string }): string {
  if (reason.kind === "owner") return t("access.because.owner", { department: owner });
  if (reason.kind === "entry" || reason.kind === "block") {
    const name = names.get(reason.principal) ?? "";
    if (reason.kind === "block") return t("access.because.block", { name });
    return t(reason.above ? "access.because.inherited" : "access.because.entry", { name });
  }
  return t(`access.because.${reason.kind}`);
}
