import { serve } from "../../src/markdown/serve.ts";

/** Answers at once, never, with an error, or with a text larger than its memory, as asked. */
serve((asked: "quick" | "endless" | "error" | "memory"): string => {
  if (asked === "error") throw new Error("no");
  while (asked === "endless") Math.sqrt(2);
  const kept: string[][] = [];
  while (asked === "memory") kept.push(Array(100_000).fill(`${kept.length}`));
  return asked;
});
