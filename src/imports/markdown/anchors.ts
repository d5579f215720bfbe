import { headingId } from "../../markdown/heading-id.ts";
import { rewriteText } from "./blocks.ts";
import type { SourceHeading } from "./title.ts";

/** How other tools name the headings of one page → the text of the heading. Names that we form alike are left out. */
export type Anchors = Map<string, string>;

/**
 * The anchors that links may use for headings of a page: the slug GitHub forms (`What's new?` → `whats-new`, repeated
 * ones `-1`), and names given as `{#name}`, on headings or at the end of a paragraph below one.
 */
export const listAnchors = (source: string, headings: SourceHeading[]): Anchors => {
  const anchors: Anchors = new Map();
  const taken = new Map<string, number>();
  for (const heading of headings) {
    const slug = slugOf(heading.text);
    const before = taken.get(slug) ?? 0;
    taken.set(slug, before + 1);
    remember(anchors, before === 0 ? slug : `${slug}-${before}`, heading.text);
    if (heading.anchor) remember(anchors, heading.anchor.toLowerCase(), heading.text);
  }
  for (const [line, text] of source.includes("{#") ? source.split("\n").entries() : []) {
    const name = NAMED_PLACE.exec(text)?.[1]?.toLowerCase();
    const above = headings.findLast((heading) => heading.start <= line);
    if (name && above) remember(anchors, name, above.text);
  }
  return anchors;
};

/** Our id of the heading that `anchor` means on a page with these anchors, without "#". */
export const anchorId = (anchors: Anchors | undefined, anchor: string): string => {
  const name = decode(anchor).toLowerCase();
  return headingId(anchors?.get(name) ?? name);
};

/** Takes `{#name}` out of headings and paragraph ends, where the product would show it as text. */
export const withoutAnchorNames = (source: string): string =>
  source.includes("{#") ? rewriteText(source, (text) => text.replace(ANCHOR_NAME, "")) : source;

const NAMED_PLACE = /\{#([\w-]+)\}\s*$/;
const ANCHOR_NAME = /[ \t]*\{#[\w-]+\}[ \t]*$/gm;

const remember = (anchors: Anchors, name: string, heading: string): void => {
  if (!anchors.has(name) && headingId(name) !== headingId(heading)) anchors.set(name, heading);
};

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");

const decode = (anchor: string): string => {
  try {
    return decodeURIComponent(anchor);
  } catch {
    return anchor;
  }
};
