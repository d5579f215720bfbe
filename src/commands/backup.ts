import { resolve } from "node:path";
import { backUp } from "../backup/backup.ts";
import { restore } from "../backup/restore.ts";
import { verify } from "../backup/verify.ts";
import { readConfig } from "../config.ts";
import { type DataOptions, type Terminal, withData, withInstance } from "./instance.ts";
import type { Part } from "./run.ts";

export const backupCommands: Part = (program, terminal) => {
  withData(program.command("backup <file>").description("save the whole instance into one file, while it runs")).action(
    (file: string, options: DataOptions) =>
      withInstance(terminal, options, async ({ db, clock, config: { dataDir } }) => {
        const missing = await backUp({ db, dataDir, now: clock.now() }, resolve(file));
        terminal.say(`saved ${resolve(file)}`);
        complain(
          terminal,
          missing.map((name) => `missing: ${name}`),
        );
      }),
  );
  withData(program.command("restore <file>").description("make a new folder of data from a backup")).action(
    async (file: string, { data }: DataOptions) => {
      const { dataDir } = readConfig(terminal.host.environment, data === undefined ? {} : { dataDir: data });
      const { madeAt, files } = await restore(resolve(file), dataDir);
      terminal.say(`restored ${files} files of ${madeAt} into ${dataDir}`);
    },
  );
  withData(
    program
      .command("verify")
      .description("check the database, the audit log, the scopes, the search index and all files"),
  ).action((options: DataOptions) =>
    withInstance(terminal, options, async ({ db, clock, config: { dataDir } }) => {
      const wrong = await verify({ db, dataDir, clock });
      if (wrong.length === 0) terminal.say("ok");
      complain(terminal, wrong);
    }),
  );
};

const complain = (terminal: Terminal, wrong: string[]): void => {
  for (const line of wrong) terminal.host.stderr.write(`${line}\n`);
  if (wrong.length > 0) terminal.exitCode = 1;
};
