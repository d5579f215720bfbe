import { type Block, listBlocks, textOf } from "./blocks.ts";
import { layOutTables } from "./html-tables.ts";
import { freshState, type State, toMarkdown } from "./html-tags.ts";
import { closeSpans } from "./spans.ts";
import { replaceTags } from "./tokens.ts";

/** Markdown without raw HTML, and how often each kind of element was turned into Markdown or dropped. */
export type Simplified = { text: string; elements: Record<string, number> };

/**
 * Turns the simple HTML inside Markdown into Markdown: the product shows raw HTML as text. Links, images, emphasis,
 * code, lists, headings, tables and details are kept in Markdown; wrappers, styles, scripts and comments are dropped.
 * Code is never touched, nor are words in angle brackets that are no HTML element, like `<cluster-name>`.
 */
export const simplifyHtml = (source: string): Simplified => {
  if (!source.includes("<")) return { text: source, elements: {} };
  const lines = source.split("\n");
  const state = freshState();
  const out: string[] = [];
  for (const block of listBlocks(source)) {
    if (block.kind === "html") addHtmlBlock(out, lines, block, state);
    else if (block.kind === "code") out.push(...lines.slice(block.start, block.end));
    else if (block.kind === "gap") for (const line of lines.slice(block.start, block.end)) addGap(out, line);
    else out.push(simplifyInline(textOf(lines, block), block.kind, state));
  }
  return { text: layOutTables(out.join("\n")), elements: state.elements };
};

const simplifyInline = (text: string, kind: Block["kind"], state: State): string =>
  closeSpans(
    replaceTags(text, (tag, raw) => toMarkdown(tag, raw, kind, state)),
    state.spans,
  );

const addHtmlBlock = (out: string[], lines: string[], block: Block, state: State): void => {
  const { first, rest } = outerMarks(lines[block.start] ?? "");
  const inner = lines.slice(block.start, block.end).map((line, i) => line.slice(i === 0 ? first.length : 0));
  const text = tidy(simplifyInline(dropUnreadable(inner.join("\n"), state), "html", state));
  if (text === "" && first === rest) return;
  if (first === rest) addGap(out, rest.trimEnd());
  for (const [i, line] of text.split("\n").entries()) out.push(((i === 0 ? first : rest) + line).trimEnd());
  addGap(out, rest.trimEnd());
};

/** One blank line is enough where dropped HTML would leave several. */
const addGap = (out: string[], line: string): void => {
  if (line.trim() !== "" || out.at(-1)?.trim() !== "") out.push(line);
};

/** What stands before the block inside lists and quotes: on its first line, and on each further line. */
const outerMarks = (line: string): { first: string; rest: string } => {
  const marks = /^(?:\s*>)*\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*/.exec(line)?.[0] ?? "";
  const hasMarker = /[-*+.)]\s+$/.test(marks);
  const first = marks.includes(">") || hasMarker ? marks : "";
  return { first, rest: first.replace(/[^>\s]/g, " ") };
};

const dropUnreadable = (html: string, state: State): string =>
  html.replace(/<(style|script|template)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, (_all, name: string) => {
    const element = name.toLowerCase();
    state.elements[element] = (state.elements[element] ?? 0) + 1;
    return "";
  });

const tidy = (text: string): string =>
  text
    .split("\n")
    .map((line) => (/^ {2,}(?:[-*]|\d+\.) /.test(line) ? line.trimEnd() : line.trim()))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
