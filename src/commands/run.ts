import { Command, CommanderError } from "commander";
import { Invalid } from "../errors.ts";
import { sayRules } from "../http/input.ts";

import { backupCommands } from "./backup.ts";
import { benchCommand } from "./bench.ts";
import { demoCommand } from "./demo.ts";
import { importCommands } from "./import.ts";
import { type Host, languageOf, type Terminal } from "./instance.ts";
import { peopleCommands } from "./people.ts";
import { reindexCommand } from "./reindex.ts";
import { serveCommand } from "./serve.ts";

/** A part of the command line: adds its commands to the program. */
export type Part = (program: Command, terminal: Terminal) => void;

const PARTS: Part[] = [
  serveCommand,
  demoCommand,
  importCommands,
  peopleCommands,
  backupCommands,
  reindexCommand,
  benchCommand,
];

/**
 * Runs one command line.
 * @param words without the name of the program
 * @returns the exit code: 0 done, 1 refused, 2 wrong usage
 */
export const run = async (words: string[], host: Host): Promise<number> => {
  const terminal: Terminal = { host, exitCode: 0, say: (line) => void host.stdout.write(`${line}\n`) };
  const program = new Command("zhike").description(
    "知客 Zhike: an internal knowledge wiki that knows the company's customers",
  );
  program.exitOverride().configureOutput({
    writeOut: (text) => void host.stdout.write(text),
    writeErr: (text) => void host.stderr.write(text),
  });
  for (const add of PARTS) add(program, terminal);
  try {
    await program.parseAsync(words, { from: "user" });
    return terminal.exitCode;
  } catch (error) {
    return explain(error, terminal);
  }
};

const explain = (error: unknown, terminal: Terminal): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const say = (line: string) => void terminal.host.stderr.write(`${line}\n`);
  if (error instanceof Invalid) Object.values(sayRules(languageOf(terminal), error.fields)).forEach(say);
  else say(error instanceof Error ? error.message : String(error));
  return 1;
};
