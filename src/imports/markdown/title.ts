import { posix } from "node:path";
import MarkdownIt from "markdown-it";
import { type Block, listBlocks } from "./blocks.ts";
import { PAGE_FILE } from "./paths.ts";

/** A heading as it stands in the source: `text` without marks, `anchor` from `{#anchor}` if it names one. */
export type SourceHeading = { level: number; text: string; anchor: string | undefined; start: number; end: number };

/** The headings of a Markdown source, in order; [start, end) are their lines. */
export const listSourceHeadings = (source: string): SourceHeading[] => {
  const lines = source.split("\n");
  return listBlocks(source)
    .filter((block) => block.kind === "heading")
    .map((block) => readHeading(lines, block));
};

/** The words of the first `# heading`, if there is one. */
export const headingTitle = (headings: SourceHeading[]): string | undefined => firstTop(headings)?.text || undefined;

/** Takes the first `# heading` out of a text if it says no more than the title. */
export const withoutTitle = (body: string, headings: SourceHeading[], title: string): string => {
  const heading = firstTop(headings);
  if (!heading || sameWords(heading.text) !== sameWords(title)) return body;
  const lines = body.split("\n");
  const rest = lines.slice(heading.end);
  while (rest[0]?.trim() === "") rest.shift();
  return [...lines.slice(0, heading.start), ...rest].join("\n").replace(/^\n+/, "");
};

/** A title from the name of a file, or of its folder for `index.md`: `02-career_development.md` → `Career development`. */
export const titleFromPath = (path: string): string => {
  const own = decode(posix.basename(path)).replace(PAGE_FILE, "");
  const name = FOLDER_PAGE.test(own) ? decode(posix.basename(posix.dirname(path))).replace(/^\.$/, "Home") : own;
  const words = /\s/.test(name) ? name : name.replace(/[-_]+/g, " ");
  const text = words.replace(/^\d{1,3}[.\s]+(?=\D)/, "").trim() || name;
  return text.slice(0, 1).toUpperCase() + text.slice(1);
};

const FOLDER_PAGE = /^(?:_?index|readme)$/i;

const firstTop = (headings: SourceHeading[]): SourceHeading | undefined =>
  headings.find((heading) => heading.level === 1);

const inline = new MarkdownIt({ html: true });
inline.core.ruler.enableOnly(["normalize", "block", "inline", "text_join"]);

const readHeading = (lines: string[], { start, end }: Block): SourceHeading => {
  const text = lines
    .slice(start, end)
    .join("\n")
    .replace(/^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)*/, "");
  const [, marks] = /^(#{1,6})(?:\s|$)/.exec(text) ?? [];
  const underline = /\n[\s>]*(=+|-+)\s*$/.exec(text);
  const level = marks?.length ?? (underline?.[1]?.startsWith("=") ? 1 : 2);
  const words = marks ? text.slice(level).replace(/\s+#+\s*$/, "") : text.slice(0, underline?.index);
  const [named, anchor] = ANCHOR.exec(words) ?? [];
  return { level, text: plain(named ? words.replace(named, "") : words), anchor, start, end };
};

/** `## Heading {#anchor}` */
const ANCHOR = /\s*\{#([^\s{}]+)\}\s*$/;

const NOT_WORDS = new Set(["html_inline", "image"]);

const plain = (markdown: string): string =>
  inline
    .parseInline(markdown.trim(), {})
    .flatMap((token) => token.children ?? [])
    .map((token) => (token.type === "softbreak" ? " " : NOT_WORDS.has(token.type) ? "" : token.content))
    .join("")
    .replace(/\s+/g, " ")
    .trim();

const sameWords = (text: string): string => text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();

const decode = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};
