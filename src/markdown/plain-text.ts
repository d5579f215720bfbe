import type { Token } from "markdown-it";
import { spaceAtBreak } from "./cjk.ts";
import { refText } from "./refs.ts";
import { readSlot } from "./segments.ts";

/** The words of a text without marks, for snippets and reading time: lines by "\n", paragraphs by a blank line. */
export const plainText = (tokens: Token[]): string => textOf(tokens, (children) => inlineText(children));

/**
 * The plain text of each `:::say` block, ready to send: addresses of links in brackets, nothing of an `:::internal`
 * block inside, and no trace of our own pages but their labels.
 */
export const sayBlocks = (tokens: Token[]): string[] =>
  tokens.flatMap((token, start) =>
    token.type === "say_open" ? [textOf(withoutInternal(blockAt(tokens, start)), textWithAddresses)] : [],
  );

/** The words of an inline token's children. */
export const inlineText = (tokens: Token[]): string => tokens.map((_, index) => wordsOf(tokens, index)).join("");

const wordsOf = (tokens: Token[], index: number): string => {
  const token = tokens[index];
  if (token === undefined) return "";
  if (token.type === "softbreak") return spaceAtBreak(tokens, index);
  if (token.type === "hardbreak") return "\n";
  if (token.type === "slot") return slotText(token);
  if (token.type === "image") return inlineText(token.children ?? []);
  return ["text", "code_inline"].includes(token.type) ? token.content : "";
};

const slotText = (token: Token): string => {
  const slot = readSlot(token.content);
  return "ref" in slot ? slot.label || (slot.ref.kind === "file" ? "" : refText(slot.ref)) : "";
};

const textWithAddresses = (tokens: Token[]): string => {
  let opened = 0;
  return tokens
    .map((token, index) => {
      if (token.type === "link_open") opened = index;
      if (token.type !== "link_close") return wordsOf(tokens, index);
      const href = String(tokens[opened]?.attrGet("href") ?? "");
      const label = inlineText(tokens.slice(opened, index));
      return /^https?:/i.test(href) && href !== label ? ` (${href})` : "";
    })
    .join("");
};

const textOf = (tokens: Token[], inline: (children: Token[]) => string): string =>
  tokens
    .map((token) => {
      if (token.type === "inline") return inline(token.children ?? []);
      if (token.type === "fence" || token.type === "code_block") return `${token.content}\n`;
      if (token.type === "list_item_open") return `${token.info ? `${token.info}.` : "-"} `;
      return endings[token.type]?.(token) ?? "";
    })
    .join("")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

const endings: Record<string, (token: Token) => string> = {
  paragraph_close: (token) => (token.hidden ? "\n" : "\n\n"),
  heading_close: () => "\n\n",
  th_close: () => "\t",
  td_close: () => "\t",
  tr_close: () => "\n",
  table_close: () => "\n",
  bullet_list_close: () => "\n",
  ordered_list_close: () => "\n",
};

const blockAt = (tokens: Token[], start: number): Token[] => {
  const level = tokens[start]?.level;
  const end = tokens.findIndex((token, index) => index > start && token.level === level && token.type === "say_close");
  return tokens.slice(start + 1, end);
};

const withoutInternal = (tokens: Token[]): Token[] => {
  let depth = 0;
  return tokens.filter((token) => {
    if (token.type === "internal_open") depth += 1;
    if (token.type === "internal_close") depth -= 1;
    return depth === 0;
  });
};
