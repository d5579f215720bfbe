import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Db } from "../db/open.ts";
import { DEMO_DATA, loadDemo } from "../demo/load.ts";
import { DEMO_PASSWORD } from "../demo/people.ts";
import { isInhabited } from "../people/queries.ts";
import { openInstance, start } from "../start.ts";
import { CLAIM, claimData } from "./claim.ts";
import { instanceOf, type Terminal, withData } from "./instance.ts";
import type { Part } from "./run.ts";
import { configOf, readPort, type ServeOptions, serveUntilStopped } from "./serve.ts";

export const demoCommand: Part = (program, terminal) => {
  withData(program.command("demo").description("serve a made-up company to try things with"))
    .option("--port <n>", "port; 0 picks a free one", readPort)
    .option("--host <host>", "address to listen on")
    .action(async (options: ServeOptions) => {
      const config = configOf(terminal, { ...options, data: options.data ?? DEMO_DATA });
      using _ = claimData(config);
      if (options.data === undefined) clear(config.dataDir);
      const db = await openInstance(config);
      if (!(await isInhabited(db))) await load(terminal, config, db);
      await serveUntilStopped(terminal, await start(config, db));
    });
};

const clear = (dataDir: string): void => {
  for (const name of readdirSync(dataDir))
    if (name !== CLAIM) rmSync(join(dataDir, name), { recursive: true, force: true });
};

const load = async (terminal: Terminal, config: Config, db: Db): Promise<void> => {
  const { clock } = instanceOf(config, db);
  const people = await loadDemo({ db, clock, dataDir: config.dataDir });
  for (const { login, name, title } of people) terminal.say(`${login.padEnd(12)} ${name}  ${title}`);
  terminal.say(`密码 / password: ${DEMO_PASSWORD}`);
  terminal.say(`数据 / data: ${config.dataDir}`);
};
