import { InvalidArgumentError } from "commander";
import { type Config, readConfig } from "../config.ts";
import { openInstance, type Running, start } from "../start.ts";
import { claimData } from "./claim.ts";
import { type DataOptions, type Terminal, withData } from "./instance.ts";
import type { Part } from "./run.ts";

export type ServeOptions = DataOptions & { host?: string; port?: number };

export const serveCommand: Part = (program, terminal) => {
  withData(program.command("serve").description("serve an instance until it is told to stop"))
    .option("--port <n>", "port; 0 picks a free one", readPort)
    .option("--host <host>", "address to listen on")
    .action(async (options: ServeOptions) => {
      const config = configOf(terminal, options);
      using _ = claimData(config);
      await serveUntilStopped(terminal, await start(config, await openInstance(config)));
    });
};

/** The settings of the environment, and of the command line over them. */
export const configOf = ({ host: { environment } }: Terminal, { data, host, port }: ServeOptions): Config =>
  readConfig(environment, {
    ...(data !== undefined && { dataDir: data }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
  });

/** @throws InvalidArgumentError for a number that is no port */
export const readPort = (written: string): number => {
  const port = Number(written);
  if (!/^\d+$/.test(written) || port > 65535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
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
