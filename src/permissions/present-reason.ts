import { levelName } from "../access/levels.ts";
import type { T } from "../i18n/i18n.ts";
import type { Reason } from "./reasons.ts";

/** Principal → name, and the name of the department that owns what is asked about. */
export type Names = { principals: Map<string, string>; owner: string };

/** A rule in words that a manager understands. */
export function sayReason(t: T, reason: Reason, { principals, owner }: Names): string {
  if (reason.kind === "owner") return t("access.because.owner", { department: owner });
  if (reason.kind === "block") return t("access.because.block", { name: principals.get(reason.principal) ?? "" });
  if (reason.kind !== "entry") return t(`access.because.${reason.kind}`);
  const name = principals.get(reason.principal) ?? "";
  return t(reason.above ? "access.because.inherited" : "access.because.entry", { name });
}

/** The same with what it gives, where there are several. */
export const sayPath = (t: T, reason: Reason, names: Names): string =>
  reason.kind === "entry"
    ? t("access.because.level", { because: sayReason(t, reason, names), level: levelLabel(t, reason.level) })
    : sayReason(t, reason, names);

export const levelLabel = (t: T, level: number): string => t(`access.level.${levelName(level)}`);
