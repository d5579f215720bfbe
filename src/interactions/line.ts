import { customerUrl, interactionUrl } from "../customers/urls.ts";
import { sayTalk } from "../customers/world/say.ts";
import type { T } from "../i18n/i18n.ts";
import type { Said } from "./queries.ts";

/** What was said as a point of a timeline, for `interactions/line`. */
export const lineOf = (t: T, said: Said) => ({
  talk: sayTalk(t, said),
  url: interactionUrl(said),
  tone: said.status === "open" && said.next_at !== null ? "promise" : said.direction,
  at: said.at,
  words: shorten(said.words),
  outcome: said.outcome === null ? null : shorten(said.outcome),
  customer: { name: said.customer.name, url: customerUrl(said.customer) },
});

const LONGEST = 300;

const shorten = (words: string): string =>
  words.length > LONGEST ? `${words.slice(0, LONGEST).toWellFormed().trimEnd()}…` : words;
