import createMarkdownIt, { type MarkdownIt } from "markdown-it";
import footnotes from "markdown-it-footnote";
import { blocks } from "./blocks.ts";
import { borrowedHtml } from "./borrowed-html.ts";
import { emphasisBesideCjk, spaceAtBreak } from "./cjk.ts";
import { codeBlocks } from "./code.ts";
import { headingIds } from "./headings.ts";
import { languages } from "./languages.ts";
import { checkBlocks } from "./limits.ts";
import { links } from "./links.ts";
import { markSlot } from "./segments.ts";
import { tables } from "./tables.ts";
import { taskLists } from "./tasks.ts";
import { wikiLinks } from "./wiki-links.ts";

/** The one dialect of the product. Raw HTML is never on, so what it makes needs no sanitizer. */
export const createParser = (): MarkdownIt => {
  const md = new createMarkdownIt({ html: false, linkify: true, typographer: false });
  md.core.ruler.after("block", "limits", (state) => checkBlocks(state.tokens));
  md.use(emphasisBesideCjk).use(borrowedHtml).use(wikiLinks).use(blocks).use(footnotes);
  md.use(links).use(headingIds).use(taskLists).use(languages);
  md.use(codeBlocks).use(tables).use(ownRendering);
  return md;
};

const ownRendering = (md: MarkdownIt): void => {
  const { rules } = md.renderer;
  rules.slot = (tokens, index) => markSlot(tokens[index]?.content ?? "");
  rules.footnote_block_open = () => '<section class="footnotes">\n<ol>\n';
  rules.softbreak = (tokens, index) => (spaceAtBreak(tokens, index) === "" ? "" : "\n");
};
