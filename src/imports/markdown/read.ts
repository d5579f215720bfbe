import { type Anchors, listAnchors, withoutAnchorNames } from "./anchors.ts";
import { type FrontMatter, parseFrontMatter } from "./front-matter.ts";
import { simplifyHtml } from "./html.ts";
import { headingTitle, listSourceHeadings, titleFromPath, withoutTitle } from "./title.ts";

/** One page file, read. `body` is Markdown without raw HTML whose links still are those of the file. */
export type Document = {
  title: string;
  body: string;
  meta: FrontMatter;
  anchors: Anchors;
  /** The first line of the file that holds a text, counted from 1. */
  lineOf: (text: string) => number | undefined;
  unknownKeys: { key: string; line: number }[];
  /** How often each HTML element was turned into Markdown or dropped. */
  elements: Record<string, number>;
};

const LONGEST_TITLE = 200;

/**
 * Reads the text of one page file.
 * @param path place of the file: gives a title where the text has none
 * @param title to be taken before one made of the path
 */
export const readDocument = (path: string, text: string, title?: string): Document => {
  const { meta, body: whole, unknown } = parseFrontMatter(text);
  const { text: markdown, elements } = simplifyHtml(whole);
  const headings = listSourceHeadings(markdown);
  const found = meta.title ?? headingTitle(headings) ?? title ?? titleFromPath(path);
  const body = withoutTitle(withoutAnchorNames(markdown), headings, found)
    .replace(/^\s*\n/, "")
    .trimEnd();
  return {
    title: found.slice(0, LONGEST_TITLE).trim(),
    body,
    meta,
    anchors: listAnchors(markdown, headings),
    lineOf: (part) => lineOf(text, part),
    unknownKeys: unknown,
    elements,
  };
};

const lineOf = (text: string, part: string): number | undefined => {
  const at = text.indexOf(part);
  return at < 0 ? undefined : text.slice(0, at).split("\n").length;
};
