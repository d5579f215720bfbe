import { parentPort } from "node:worker_threads";
import { type Limit, TooComplex } from "./limits.ts";

/** What a worker says of one input. */
export type Answer<Out> = { value: Out } | { error: string; limit: Limit | undefined };

/** The inside of a pool's worker: answers every input with what `work` makes of it. */
export const serve = <In, Out>(work: (input: In) => Out): void => {
  parentPort?.on("message", (input: In) => parentPort?.postMessage(answer(work, input)));
  parentPort?.postMessage("started");
};

const answer = <In, Out>(work: (input: In) => Out, input: In): Answer<Out> => {
  try {
    return { value: work(input) };
  } catch (error) {
    return { error: String(error), limit: error instanceof TooComplex ? error.limit : undefined };
  }
};
