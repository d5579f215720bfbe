import { serve } from "../../src/markdown/serve.ts";

/** Answers at once, never, late without doing anything, with an error, or with a text larger than its memory, as asked. */
serve((asked: "quick" | "endless" | "error" | "memory" | "waits 0.6 s" | "waits 9 s"): string => {
  const seconds = Number(/^waits ([\d.]+) s$/.exec(asked)?.[1] ?? 0);
  if (seconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
  if (asked === "error") throw new Error("no");
  while (asked === "endless") Math.sqrt(2);
  const kept: string[][] = [];
  while (asked === "memory") kept.push(Array(100_000).fill(`${kept.length}`));
  return asked;
});
