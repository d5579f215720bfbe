import { type Heading, listHeadings } from "./headings.ts";
import { checkOutput, LIMITS, TooComplex } from "./limits.ts";
import { listUrls } from "./links.ts";
import { createParser } from "./parser.ts";
import { plainText, sayBlocks } from "./plain-text.ts";
import type { Ref } from "./refs.ts";
import { cutSegments, listRefs, type Segment } from "./segments.ts";

/** Raise it when the same text renders otherwise than before: what is kept under an older version is made anew. */
export const RENDER_VERSION = 1;

/**
 * A text, rendered. `refs` and `urls` (other sites) are distinct and in order; `text` is plain, for snippets and
 * reading time; `sayBlocks` is the plain text of each `:::say` block, by its number.
 */
export type Rendered = {
  version: number;
  segments: Segment[];
  headings: Heading[];
  refs: Ref[];
  urls: string[];
  text: string;
  sayBlocks: string[];
};

/** Renders Markdown: a pure function of the text. Throws TooComplex past LIMITS. For texts of users see renderSafely. */
export const renderMarkdown = (text: string): Rendered => {
  if (text.length > LIMITS.text) throw new TooComplex("text");
  const env = {};
  const tokens = parser.parse(text, env);
  checkOutput(tokens);
  const html = parser.renderer.render(tokens, parser.options, env);
  if (html.length > LIMITS.output) throw new TooComplex("output");
  const segments = cutSegments(html);
  const refs = listRefs(segments);
  if (refs.length > LIMITS.links) throw new TooComplex("links");
  return {
    version: RENDER_VERSION,
    segments,
    headings: listHeadings(tokens),
    refs,
    urls: listUrls(tokens),
    text: plainText(tokens),
    sayBlocks: sayBlocks(tokens),
  };
};

const parser = createParser();
