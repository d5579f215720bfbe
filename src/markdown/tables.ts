import type { MarkdownIt, Token } from "markdown-it";

const ALIGNED = /^text-align:(left|center|right)$/;

/** Tables scroll by themselves, by keyboard too; columns are aligned by class, as style attributes are not allowed. */
export const tables = (md: MarkdownIt): void => {
  md.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>\n';
  md.renderer.rules.table_close = () => "</table></div>\n";
  md.core.ruler.push("table_alignment", (state) => state.tokens.forEach(alignByClass));
};

const alignByClass = (token: Token): void => {
  const side = ALIGNED.exec(String(token.attrGet("style") ?? ""))?.[1];
  if (side === undefined) return;
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== "style");
  token.attrSet("class", `align-${side}`);
};
