import { createPool } from "./pool.ts";
import { type Rendered, renderMarkdown } from "./render.ts";

/** Up to this length (UTF-16 units), with few marks and no code to colour, the worst text we know takes about 20 ms. */
const SMALL = 4_000;
const FEW_MARKS = 300;

const pool = createPool<string, Rendered>(new URL("./worker.ts", import.meta.url), {
  workers: 2,
  milliseconds: 2_000,
  waiting: 100,
});

/** Renders a text of a user without holding up others: small ones at once, the rest in a worker, for 2 s at most. */
export const renderSafely = async (text: string): Promise<Rendered> =>
  isSmall(text) ? renderMarkdown(text) : await pool.run(text);

const isSmall = (text: string): boolean =>
  text.length <= SMALL && !/```|~~~/.test(text) && (text.match(/[|[*_`>~:#<]/g) ?? []).length <= FEW_MARKS;
