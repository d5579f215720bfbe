import type { Reason } from "../customers/world/item.ts";

/** What a reason may read. */
export const REASONS = "tagged, owns product CODE, told, sent, about, answered_by, contradicts, named";

/** Why a page belongs to a customer, in a word that programs can compare. */
export function reasonCode(reason: Reason): string {
  if (reason.why === "owns") return `owns product ${reason.code}`;
  return reason.why === "linked" || reason.why === "told" ? reason.relation : reason.why;
}
