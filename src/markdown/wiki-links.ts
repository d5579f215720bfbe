import type { MarkdownIt, StateInline } from "markdown-it";
import { parseWikiLink } from "./refs.ts";
import { writeSlot } from "./segments.ts";

const WIKI_LINK = /\[\[([^[\]\n]{1,400})\]\]/y;

/** `[[…]]` becomes a slot, or a plain link for a place in the same page; it never holds or stands in another. */
export const wikiLinks = (md: MarkdownIt): void => {
  md.inline.ruler.before("link", "wiki_link", (state, silent) => {
    WIKI_LINK.lastIndex = state.pos;
    const [whole = "", inside = ""] = WIKI_LINK.exec(state.src) ?? [];
    if (whole === "" || state.pos + whole.length > state.posMax) return false;
    if (!pushLink(state, inside, silent)) return false;
    state.pos += whole.length;
    return true;
  });
};

const pushLink = (state: StateInline, inside: string, silent: boolean): boolean => {
  const link = parseWikiLink(inside);
  if (link === undefined || silent) return link !== undefined;
  if ("ref" in link) state.push("slot", "", 0).content = writeSlot(link);
  else pushAnchor(state, link.anchor, link.label);
  return true;
};

const pushAnchor = (state: StateInline, anchor: string, label: string): void => {
  state.push("link_open", "a", 1).attrs = [["href", `#${encodeURIComponent(anchor)}`]];
  state.push("text", "", 0).content = label;
  state.push("link_close", "a", -1);
};
