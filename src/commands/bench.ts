import { InvalidArgumentError } from "commander";
import type { Part } from "./run.ts";

/** Needs what only developers install, and is therefore loaded only here. */
export const benchCommand: Part = (program) => {
  program
    .command("bench")
    .description("measure speed against the numbers the product must hold")
    .option("--pages <n>", "size of the generated wiki", readCount, 1000)
    .action(async ({ pages }: { pages: number }) => {
      const { bench } = await import("../bench/bench.ts");
      await bench({ pages });
    });
};

const readCount = (written: string): number => {
  const count = Number(written);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("A count is a whole number from 1.");
  return count;
};
