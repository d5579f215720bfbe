import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { inlineText } from "./plain-text.ts";

const NAMED = new Set(["paragraph_open", "heading_open", "th_open", "td_open"]);

/** Names the language of each paragraph, heading and cell, so that mixed pages are read aloud and set rightly. */
export const languages = (md: MarkdownIt): void => {
  md.core.ruler.push("languages", (state) => {
    state.tokens.forEach((token, index) => {
      const language = token.type === "inline" ? languageOf(inlineText(token.children ?? [])) : undefined;
      const holder = holderOf(state, index);
      if (language && holder) holder.attrSet("lang", language);
    });
  });
};

const holderOf = ({ tokens }: StateCore, index: number): Token | undefined => {
  const holder = tokens[index - 1];
  if (holder === undefined || !NAMED.has(holder.type)) return undefined;
  return holder.hidden ? tokens[index - 2] : holder;
};

/** Han without kana is Chinese; two Latin words or more without Han are English; anything else is left to the page. */
const languageOf = (text: string): "zh" | "en" | undefined => {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text)) return undefined;
  if (/\p{Script=Han}/u.test(text)) return "zh";
  return /[a-z]{2,}[^\p{L}]+[a-z]{2,}/iu.test(text) && !/[^\p{Script=Latin}\P{L}]/u.test(text) ? "en" : undefined;
};
