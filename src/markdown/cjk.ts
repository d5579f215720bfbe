import type { MarkdownIt, Token } from "markdown-it";

const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;
const WIDE_AT_END = new RegExp(`${CJK.source}$`, "u");
const WIDE_AT_START = new RegExp(`^${CJK.source}`, "u");

/**
 * Lets `**重点。**后文` be strong: CommonMark sees a closing mark between a punctuation mark and a letter as an
 * opening one, which is right only where words are spaced. Rule: github.com/tats-u/markdown-cjk-friendly.
 * A class because markdown-it offers its inline state for extension in no other way.
 */
export const emphasisBesideCjk = (md: MarkdownIt): void => {
  const { isWhiteSpace, isPunctChar } = md.utils;
  const isSpace = (char: string): boolean => char === "" || isWhiteSpace(char.codePointAt(0) ?? 0);
  const isMark = (char: string): boolean => !CJK.test(char) && (isPunctChar(char) || /^[!-/:-@[-`{-~]$/.test(char));

  md.inline.State = class extends md.inline.State {
    override scanDelims(start: number, canSplitWord: boolean) {
      const scanned = super.scanDelims(start, canSplitWord);
      const before = lastCharacter(this.src.slice(Math.max(0, start - 2), start));
      const after = firstCharacter(this.src.slice(start + scanned.length, start + scanned.length + 2));
      if (!canSplitWord || !(CJK.test(before) || CJK.test(after))) return scanned;
      const opens = !isSpace(after) && (!isMark(after) || isSpace(before) || isMark(before) || CJK.test(before));
      const closes = !isSpace(before) && (!isMark(before) || isSpace(after) || isMark(after) || CJK.test(after));
      return { can_open: opens, can_close: closes, length: scanned.length };
    }
  };
};

/** What a line end inside a paragraph stands for: nothing between two wide characters, a space elsewhere. */
export const spaceAtBreak = (tokens: Token[], index: number): "" | " " =>
  WIDE_AT_END.test(nearestText(tokens, index, -1)) && WIDE_AT_START.test(nearestText(tokens, index, 1)) ? "" : " ";

/** The part of `text` before its first CJK character. */
export const beforeCjk = (text: string): string => text.split(CJK, 1)[0] ?? "";

const nearestText = (tokens: Token[], index: number, step: 1 | -1): string => {
  const token = tokens[index + step];
  return token === undefined || token.content !== "" ? (token?.content ?? "") : nearestText(tokens, index + step, step);
};

const lastCharacter = (text: string): string => [...text].at(-1) ?? "";

const firstCharacter = (text: string): string => [...text][0] ?? "";
