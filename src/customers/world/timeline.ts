import type { T } from "../../i18n/i18n.ts";
import { pageUrl } from "../../pages/links/queries.ts";
import { compareUrl, interactionUrl } from "../urls.ts";
import type { InteractionItem, ToldItem } from "./item.ts";
import type { World } from "./queries.ts";
import { sayReason, sayTalk } from "./say.ts";

/** A point of a timeline. `tone` colours it; `note` says what became of it since. */
export type Moment = {
  id: string;
  tone: "in" | "out" | "internal" | "told" | "promise";
  title: string;
  url: string;
  at: string;
  words: string;
  who: string;
  outcome: string | null;
  note: { text: string; url: string } | null;
};

/** The last of what was said and told, newest first. */
export function timelineOf(world: World, { t, limit }: { t: T; limit: number }): Moment[] {
  const newest = new Map(world.pages.map((page) => [page.id, page.revision]));
  return [...world.said, ...world.told]
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1))
    .slice(0, limit)
    .map((item) => (item.kind === "told" ? toldMoment(item, newest.get(item.page) ?? 0, t) : saidMoment(item, t)));
}

const saidMoment = (said: InteractionItem, t: T): Moment => ({
  id: said.id,
  tone: said.kind === "promise" ? "promise" : said.direction,
  title: sayTalk(t, said),
  url: interactionUrl(said),
  at: said.at,
  words: said.title,
  who: "",
  outcome: said.outcome,
  note: null,
});

function toldMoment(item: ToldItem, newest: number, t: T): Moment {
  const [told] = item.reasons;
  const since = newest - (told?.revision ?? newest);
  return {
    id: item.id,
    tone: "told",
    title: t("links.toldMoment", { title: item.title }),
    url: pageUrl({ id: item.page, title: item.title }),
    at: item.at,
    words: "",
    who: told ? sayReason(t, told) : "",
    outcome: null,
    note: told?.old
      ? {
          text: t("links.revisedSince", { count: since }),
          url: compareUrl({ id: item.page }, { from: told.revision, to: newest }),
        }
      : null,
  };
}
