import { levelName } from "../access/levels.ts";
import { CUSTOMERS_SCOPE } from "../access/scope-names.ts";
import { customerUrl } from "../customers/urls.ts";
import { departmentUrl } from "../departments/urls.ts";
import type { T } from "../i18n/i18n.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { personUrl } from "../people/urls.ts";
import { spaceUrl } from "../spaces/urls.ts";
import { nameOfGroup } from "./customers.ts";
import { presentRail } from "./present-rail.ts";
import { levelLabel, sayPath, sayReason } from "./present-reason.ts";
import type { Seen, Sight } from "./sight.ts";
import type { Asked } from "./targets.ts";
import { groupUrl } from "./urls.ts";

const MOST_SHOWN = 200;

type Around = { principals: Map<string, string>; owners: Map<string, string>; mayViewAs: boolean };
type Link = { name: string; url: string | null; note: string | null };

/** What somebody can see, in four lists. */
export function presentSight(t: T, asked: Asked, sight: Sight, around: Around) {
  const { viewer, kind, name, url } = asked;
  const part = <Thing>(title: string, all: Seen<Thing>[], linkOf: (seen: Seen<Thing>) => Link) => ({
    title,
    rows: all.slice(0, MOST_SHOWN).map((seen) => ({ ...linkOf(seen), ...presentSeen(t, seen, around) })),
    more: Math.max(0, all.length - MOST_SHOWN),
  });
  const lists = [
    part(t("shared.spaces"), sight.spaces, ({ thing, level, count }) => ({
      name: thing.name,
      url: spaceUrl(thing),
      note: level > 0 ? t("shared.count.pages", { count }) : null,
    })),
    part(t("access.restrictedPages"), sight.pages, ({ thing }) => ({
      name: thing.title,
      url: pageUrl(thing),
      note: thing.space,
    })),
    part(t("access.customerGroups"), sight.groups, ({ thing, level, count, reasons }) => ({
      name: thing.name === null && thing.id !== CUSTOMERS_SCOPE ? t("access.otherGroup") : nameOfGroup(t, thing),
      url: reasons ? groupUrl(thing) : null,
      note: level > 0 ? t("shared.count.customers", { count }) : null,
    })),
    part(t("access.confidential"), sight.confidential, ({ thing }) => ({
      name: thing.name,
      url: customerUrl(thing),
      note: null,
    })),
  ];
  return {
    title: t("access.whatCanSee", { name }),
    ...presentRail(t, null),
    crumbs: [
      { name, url: kind === "person" ? personUrl(viewer) : departmentUrl({ key: viewer.departments[0]?.key ?? "" }) },
    ],
    hint: t(kind === "person" ? "access.sightOfPerson" : "access.sightOfDepartment", { name }),
    viewAs: around.mayViewAs ? { url: `${url}/view-as`, name } : null,
    lists: lists.filter(({ rows }) => rows.length > 0),
  };
}

function presentSeen<Thing>(t: T, { level, reasons, owner }: Seen<Thing>, { principals, owners }: Around) {
  const names = { principals, owner: owners.get(owner) ?? "" };
  const say = (reasons?.length ?? 0) > 1 ? sayPath : sayReason;
  return {
    level: levelName(level),
    levelLabel: levelLabel(t, level),
    reasons: reasons ? reasons.map((reason) => say(t, reason, names)) : [t("access.because.notYours")],
  };
}
