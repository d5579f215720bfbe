import type { Interaction } from "../db/schema.ts";

/**
 * What was promised: what came of a talk is the promise, and what was said is why. A talk of which nothing else is
 * written down is the promise itself; then `asked` is null.
 */
export const promiseOf = ({ words, outcome }: Pick<Interaction, "words" | "outcome">) =>
  outcome === null || outcome === "" ? { text: words, asked: null } : { text: outcome, asked: words };
