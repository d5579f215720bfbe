import { reindex } from "../search/reindex.ts";
import { type DataOptions, withData, withInstance } from "./instance.ts";
import type { Part } from "./run.ts";

export const reindexCommand: Part = (program, terminal) => {
  withData(program.command("reindex").description("read everything into the search index again")).action(
    (options: DataOptions) =>
      withInstance(terminal, options, async ({ db, clock, operator }) =>
        terminal.say(`indexed ${await reindex(db, { viewer: await operator(), clock })}`),
      ),
  );
};
