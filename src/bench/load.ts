import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";

export type Ask = { method: "GET" | "POST" | "PUT"; path: string; headers?: Record<string, string>; body?: string };
export type Round = { cpuMs: number; times: number[] };
export type Server = { url: string; process: ChildProcess };

/** Starts a server in a process of its own. @param what `["zhike", DIR]` or `["express", FILE]` */
export async function startServer(what: ["zhike" | "express", string]): Promise<Server> {
  const child = fork(join(import.meta.dirname, "child.ts"), what, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [message] = await once(child, "message");
  return { url: (message as { url: string }).url, process: child };
}

/**
 * Sends `count` requests one after the other over one connection.
 * @param ask makes the i-th request
 * @returns CPU of the server per request and the time of each, in milliseconds
 */
export async function measure(server: Server, count: number, ask: (i: number) => Ask): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const before = await cpuOf(server);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await send(server.url, ask(i), agent);
    times.push(performance.now() - start);
  }
  agent.destroy();
  return { cpuMs: ((await cpuOf(server)) - before) / count, times };
}

/** Sends one request and reads the whole answer. @throws when the status is 400 or more */
export function send(
  url: string,
  ask: Ask,
  agent?: Agent,
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const req = request(
      url + ask.path,
      { method: ask.method, headers: ask.headers ?? {}, ...(agent ? { agent } : {}) },
      (res) => {
        const parts: Buffer[] = [];
        res.on("data", (part: Buffer) => parts.push(part));
        res.on("end", () => {
          const answer = { status: res.statusCode ?? 0, body: Buffer.concat(parts).toString(), headers: res.headers };
          if (answer.status < 400) resolve(answer);
          else reject(new Error(`${ask.method} ${ask.path} answered ${answer.status}`));
        });
      },
    );
    req.on("error", reject);
    req.end(ask.body);
  });
}

async function cpuOf(server: Server): Promise<number> {
  server.process.send("cpu");
  const [message] = await once(server.process, "message");
  const { user, system } = (message as { cpu: NodeJS.CpuUsage }).cpu;
  return (user + system) / 1000;
}

/** The p-th part of a list of numbers, 0 ≤ p ≤ 1, nearest rank. */
export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? 0;
}
