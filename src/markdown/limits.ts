import type { Token } from "markdown-it";

/** What a text has too much of. `time`: it could not be worked out within the pool's limit. */
export type Limit = "text" | "columns" | "cells" | "nesting" | "links" | "output" | "time";

/** A text that would cost far more to show than to write (design/quality.md, "Limits"). Nothing was changed. */
export class TooComplex extends Error {
  readonly limit: Limit;

  constructor(limit: Limit) {
    super(`The text is too complex to show: ${limit}`);
    this.name = "TooComplex";
    this.limit = limit;
  }
}

/**
 * Upper bounds of one page. Sizes are in UTF-16 units. A 167 KiB text of 1 000-column tables once became
 * 25 MiB of HTML in 10 s, hence the caps on columns, cells and output.
 */
export const LIMITS = {
  text: 2 * 1024 * 1024,
  columns: 50,
  cells: 20_000,
  nesting: 90,
  links: 2_000,
  output: 5 * 1024 * 1024,
} as const;

/** Throws TooComplex for a block structure that is too wide or too deep; call it before inline text is parsed. */
export const checkBlocks = (tokens: Token[]): void => {
  let cells = 0;
  let columns = 0;
  for (const token of tokens) {
    if (token.level > LIMITS.nesting) throw new TooComplex("nesting");
    if (token.type === "tr_open") columns = 0;
    if (token.type !== "th_open" && token.type !== "td_open") continue;
    columns += 1;
    cells += 1;
    if (columns > LIMITS.columns) throw new TooComplex("columns");
    if (cells > LIMITS.cells) throw new TooComplex("cells");
  }
};

/** Throws TooComplex when the HTML of these tokens must pass the output limit; counts only, builds nothing. */
export const checkOutput = (tokens: Token[]): void => {
  let size = 0;
  const count = (token: Token): void => {
    size += token.type === "inline" ? 0 : token.content.length + token.tag.length;
    for (const [name, value] of token.attrs ?? []) size += name.length + String(value).length;
    if (size > LIMITS.output) throw new TooComplex("output");
    token.children?.forEach(count);
  };
  tokens.forEach(count);
};
