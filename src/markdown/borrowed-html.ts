import type { MarkdownIt, StateBlock } from "markdown-it";

const BREAK = /<br[ \t]*\/?>/iy;
const COMMENT = /<!--[\s\S]{0,2000}?-->[ \t]*(?:\n|$)/y;

/** The two bits of HTML that Markdown has no sign for and every wiki's texts hold: `<br>`, and comments on lines of their own. */
export const borrowedHtml = (md: MarkdownIt): void => {
  md.inline.ruler.before("autolink", "line_break", (state, silent) => {
    BREAK.lastIndex = state.pos;
    const written = BREAK.exec(state.src)?.[0];
    if (written === undefined) return false;
    if (!silent) state.push("hardbreak", "br", 0);
    state.pos += written.length;
    return true;
  });
  md.block.ruler.before("paragraph", "comment", skipComment, { alt: ["paragraph", "reference", "blockquote"] });
};

const skipComment = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
  COMMENT.lastIndex = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const comment = COMMENT.exec(state.src)?.[0].trimEnd();
  const end = startLine + (comment?.split("\n").length ?? 0);
  if (comment === undefined || end > endLine) return false;
  if (!silent) state.line = end;
  return true;
};
