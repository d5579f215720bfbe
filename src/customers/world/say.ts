import type { T } from "../../i18n/i18n.ts";
import { channelOf } from "../../interactions/channels.ts";
import type { InteractionItem, PageItem, Reason, Told } from "./item.ts";
import { lastTold } from "./pages.ts";

/** Why a page belongs to a customer, as a short phrase: "由 李梅 关联". */
export function sayReason(t: T, reason: Reason): string {
  if (reason.why === "tagged") return t("links.reason.tagged", { name: reason.person });
  if (reason.why === "owns") return t("links.reason.owns", { product: reason.name });
  if (reason.why === "named") return t("links.reason.named");
  if (reason.why === "told") return sayTold(t, reason);
  return t(`links.reason.${reason.relation}`, { name: reason.person });
}

/** One reason says why something is here; how many more there are is enough. */
export const firstOf = (texts: string[]): string[] =>
  texts.length <= SAID ? texts : [...texts.slice(0, SAID), `+${texts.length - SAID}`];

const SAID = 2;

/** "王强 → 张工" */
const sayTold = (t: T, told: Told): string =>
  told.contact === null
    ? t(`links.reason.${told.relation}`, { name: told.person })
    : t(`links.reason.${told.relation}To`, { name: told.person, contact: told.contact });

/** "客户持有第 14 次修订的旧答案"; undefined while the last telling still holds. */
export function sayOld(t: T, page: Pick<PageItem, "reasons">): string | undefined {
  const told = lastTold(page);
  return told?.old ? t("links.holdsOld", { revision: told.revision }) : undefined;
}

/** Who spoke to whom by which channel: "电话 · 王强 → 张工". */
export function sayTalk(t: T, said: Pick<InteractionItem, "channel" | "direction" | "person" | "contact">): string {
  const channel = t(`interactions.channel.${channelOf(said.channel)}`);
  if (said.contact === null || said.direction === "internal") return `${channel} · ${said.person}`;
  const [from, to] = said.direction === "in" ? [said.contact, said.person] : [said.person, said.contact];
  return `${channel} · ${from} → ${to}`;
}
