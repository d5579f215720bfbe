import { readConfig } from "../config.ts";
import { openInstance, type Running, start } from "../start.ts";
import { type DataOptions, type Terminal, withData } from "./instance.ts";
import type { Part } from "./run.ts";

export type ServeOptions = DataOptions & { host?: string; port?: string };

export const serveCommand: Part = (program, terminal) => {
  withData(program.command("serve").description("serve an instance until it is told to stop"))
    .option("--port <n>", "port; 0 picks a free one")
    .option("--host <host>", "address to listen on")
    .action(async (options: ServeOptions) => {
      const config = configOf(terminal, options);
      await serveUntilStopped(terminal, await start(config, await openInstance(config)));
    });
};

/** The settings of the environment, and of the command line over them. @throws Error for a port that is none */
export const configOf = ({ host: { environment } }: Terminal, { data, host, port }: ServeOptions) => {
  const chosen = port === undefined ? undefined : Number(port);
  if (chosen !== undefined && !(Number.isInteger(chosen) && chosen >= 0 && chosen <= 65535))
    throw new Error(`Not a port: ${port}`);
  return readConfig(environment, {
    ...(data !== undefined && { dataDir: data }),
    ...(host !== undefined && { host }),
    ...(chosen !== undefined && { port: chosen }),
  });
};

/** Says where the site is and waits for SIGINT or SIGTERM; what is under way is finished first. */
export const serveUntilStopped = async (terminal: Terminal, running: Running): Promise<void> => {
  terminal.say(`listening on ${running.url}`);
  await new Promise<void>((resolve) => {
    terminal.host.once("SIGINT", resolve);
    terminal.host.once("SIGTERM", resolve);
  });
  await running.stop();
};
