import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../src/commands/instance.ts";
import { run } from "../../src/commands/run.ts";

export type Ran = { code: number; out: string; err: string };

/** Runs command lines over one folder of data, as a shell would. */
export const shell = () => {
  const dataDir = mkdtempSync(join(tmpdir(), "zhike-shell-"));
  const zhike = (...words: string[]): Promise<Ran> => runCommand([...words, "--data", dataDir]);
  return { dataDir, zhike };
};

/** Runs one command line to its end. */
export const runCommand = async (words: string[]): Promise<Ran> => {
  const started = startCommand(words);
  return { code: await started.ended, out: started.out(), err: started.err() };
};

/** Starts a command that goes on until it gets a signal. */
export const startCommand = (words: string[]) => {
  const written = { out: "", err: "" };
  const handlers: (() => void)[] = [];
  const host: Host = {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    environment: { LANG: "en_US.UTF-8", LOG_LEVEL: "silent" },
    once: (_signal, then) => handlers.push(then),
  };
  return {
    ended: run(words, host),
    out: () => written.out,
    err: () => written.err,
    stop: () => {
      for (const handle of handlers) handle();
    },
  };
};
