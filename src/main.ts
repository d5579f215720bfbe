#!/usr/bin/env node
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";

/** Native modules crash older versions outright, so the version is checked before anything else is loaded. */
const NEEDED = 24;
const installed = join(import.meta.dirname, "../node_modules/.bin/node");
const isOld = Number(process.versions.node.split(".")[0]) < NEEDED;

/** `zhike … | head` ends early; that is no failure of ours. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

if (!isOld) {
  enableCompileCache(); // a second start takes half the time
  const { run } = await import("./commands/run.ts");
  const { stdout, stderr, env: environment } = process;
  process.exitCode = await run(process.argv.slice(2), {
    stdout,
    stderr,
    environment,
    once: process.once.bind(process),
  });
} else if (existsSync(installed) && !process.env.ZHIKE_NODE) {
  const environment = { ...process.env, ZHIKE_NODE: "installed" };
  const child = spawn(installed, process.argv.slice(1), { stdio: "inherit", env: environment });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.once("exit", (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  process.stderr.write(
    `Zhike needs Node.js ${NEEDED} or newer; this is ${process.version}. Run "npm ci" first, or install it.\n`,
  );
  process.exitCode = 1;
}
