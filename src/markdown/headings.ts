import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { headingId } from "./heading-id.ts";
import { inlineText } from "./plain-text.ts";

/** `level` 1 to 6, `id` without `#`, `text` plain. */
export type Heading = { level: number; id: string; text: string };

/** Gives every heading an id of its own; where a text has first-level headings all move down, as the title is the first. */
export const headingIds = (md: MarkdownIt): void => {
  md.core.ruler.push("heading_ids", (state) => {
    const headings = state.tokens.filter(isHeading);
    const down = headings.some((token) => token.tag === "h1") ? 1 : 0;
    for (const token of headings) token.tag = `h${Math.min(6, levelOf(token) + down)}`;
    nameHeadings(state);
  });
};

/** The headings of a parsed text, in order. */
export const listHeadings = (tokens: Token[]): Heading[] =>
  tokens.flatMap((token, index) =>
    token.type === "heading_open"
      ? [{ level: levelOf(token), id: String(token.attrGet("id")), text: textAfter(tokens, index) }]
      : [],
  );

const isHeading = (token: Token): boolean => token.type === "heading_open" || token.type === "heading_close";

const levelOf = (token: Token): number => Number(token.tag.slice(1));

const textAfter = (tokens: Token[], index: number): string => inlineText(tokens[index + 1]?.children ?? []).trim();

const nameHeadings = ({ tokens }: StateCore): void => {
  const taken = new Map<string, number>();
  tokens.forEach((token, index) => {
    if (token.type !== "heading_open") return;
    const id = headingId(textAfter(tokens, index));
    const before = taken.get(id) ?? 0;
    taken.set(id, before + 1);
    token.attrSet("id", before === 0 ? id : `${id}.${before + 1}`);
  });
};
