import { fold } from "../analyzer/analyze.ts";
import type { T } from "../i18n/i18n.ts";

/** The parts that contacts of customers play with us, by the names that imports and people give them. */
const ROLES = [
  { key: "decides", names: ["decision maker", "关键决策人", "决策人"] },
  { key: "influences", names: ["influencer", "影响者"] },
  { key: "buys", names: ["purchasing", "buyer", "采购"] },
  { key: "uses", names: ["user", "end user", "使用者", "用户"] },
  { key: "runs", names: ["it"] },
  { key: "pays", names: ["finance", "财务"] },
] as const;

/** A known role in the language of the viewer; another one as it was written. */
export function sayRole(t: T, role: string): string {
  const known = ROLES.find(({ names }) => names.some((name) => name === fold(role).trim()));
  return known === undefined ? role : t(`contacts.role.${known.key}`);
}

/** "设备部经理 · 关键决策人"; a role that only repeats the title is left out. */
export function sayPosition(t: T, { title, role }: { title: string | null; role: string | null }): string {
  const part = role === null ? "" : sayRole(t, role);
  const isSame = title !== null && fold(title).trim() === fold(part).trim();
  return [title, isSame ? "" : part].filter(Boolean).join(" · ");
}
