import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { shell, startCommand } from "./host.ts";

const LISTENING = /^listening on http:\/\/127\.0\.0\.1:\d+$/m;
const isUp = (out: () => string) => vi.waitFor(() => expect(out()).toMatch(LISTENING), { timeout: 30_000 });

/** Starts one more server; it ends by itself when it is refused. */
const startAnother = async (words: string[]) => {
  const another = startCommand(words);
  const code = await Promise.race([another.ended, isUp(another.out)]);
  another.stop();
  return { code, err: another.err() };
};

test("a second server on the same data refuses to start; commands work beside the first", async () => {
  const { zhike, dataDir } = shell();
  const serve = ["serve", "--port", "0", "--data", dataDir];
  const first = startCommand(serve);
  await isUp(first.out);
  const second = await startAnother(serve);
  expect(second.code).toBe(1);
  expect(second.err).toContain(`Another server serves ${dataDir}`);
  expect((await zhike("person", "add", "ada", "--name", "Ada", "--admin")).code).toBe(0);
  first.stop();
  expect(await first.ended).toBe(0);
  const third = startCommand(serve);
  await isUp(third.out);
  third.stop();
  expect(await third.ended).toBe(0);
}, 60_000);

test("a server that was killed leaves its data free", async () => {
  const { dataDir } = shell();
  const main = join(import.meta.dirname, "../../src/main.ts");
  const serve = ["serve", "--port", "0", "--data", dataDir];
  const killed = spawn(process.execPath, [main, ...serve], {
    env: { LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  killed.stdout.on("data", (bytes) => {
    out += bytes;
  });
  await isUp(() => out);
  expect((await startAnother(serve)).code).toBe(1);
  killed.kill("SIGKILL");
  await once(killed, "exit");
  const next = startCommand(serve);
  await isUp(next.out);
  next.stop();
  expect(await next.ended).toBe(0);
}, 60_000);
