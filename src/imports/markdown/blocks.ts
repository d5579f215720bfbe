import MarkdownIt from "markdown-it";

/** A run of source lines [start, end) that is read in one way. `gap` is everything without text of its own. */
export type Block = {
  kind: "code" | "html" | "prose" | "row" | "definition" | "heading" | "gap";
  start: number;
  end: number;
};

const KINDS: Record<string, Block["kind"]> = {
  fence: "code",
  code_block: "code",
  html_block: "html",
  tr_open: "row",
  heading_open: "heading",
  inline: "prose",
  reference_definition: "definition",
};

const parser = new MarkdownIt({ html: true });
parser.core.ruler.enableOnly(["normalize", "block"]);

/** Cuts Markdown into blocks that together cover every line of it exactly once, in order. */
export const listBlocks = (source: string): Block[] => {
  const blocks: Block[] = [];
  let next = 0;
  for (const token of parser.parse(source, {})) {
    const kind = KINDS[token.type];
    if (!kind || !token.map || token.map[0] < next) continue;
    const [start, end] = token.map;
    if (start > next) blocks.push({ kind: "gap", start: next, end: start });
    blocks.push({ kind, start, end });
    next = end;
  }
  const lineCount = source.split("\n").length;
  if (lineCount > next) blocks.push({ kind: "gap", start: next, end: lineCount });
  return blocks;
};

/** The lines of a block as one string without the final line break. */
export const textOf = (lines: string[], block: Block): string => lines.slice(block.start, block.end).join("\n");

/** Rewrites the text of a source outside code, block by block, and leaves code to the letter. */
export const rewriteText = (source: string, rewrite: (text: string, kind: Block["kind"]) => string): string => {
  const lines = source.split("\n");
  return listBlocks(source)
    .map((block) => (block.kind === "code" ? textOf(lines, block) : rewrite(textOf(lines, block), block.kind)))
    .join("\n");
};
