import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../config.ts";
import { digest, startSession } from "../http/session.ts";
import { openInstance } from "../start.ts";
import { type Ask, measure, percentile, type Round, type Server, send, startServer } from "./load.ts";
import { fillWiki, longText, type Wiki } from "./wiki.ts";

const ROUNDS = 5;
const WARM_UP = 30;

/** What is measured: a request of ours, drawn anew for the i-th time, and how often it is sent in a round. */
type Case = { name: string; count: number; ask: (i: number) => Ask };

/**
 * Measures page view, save, search and customer page of a generated wiki beside Express sending the same bytes, in turns, and
 * prints the median of the rounds. Figures of one run compare with each other; figures of two runs do not.
 * @param options.pages size of the wiki
 */
export async function bench(options: { pages: number }): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "zhike-bench-"));
  const clock = { now: () => new Date().toISOString(), random: randomBytes };
  const db = await openInstance(readConfig({}, { dataDir: dir }));
  const started = performance.now();
  const wiki = await fillWiki(db, clock, options.pages);
  print(`${options.pages} pages and ${wiki.customers.length} customers written in ${seconds(started)} s`);
  const { secret } = await startSession({ db, ...clock }, wiki.viewer.id);
  const token = await addToken(db, wiki.viewer.id);
  await db.destroy();
  const ours = await startServer(["zhike", dir]);
  print("case".padEnd(16), "CPU/req", "÷ Express", "p50 ms", "p95 ms", "÷ Express p50");
  for (const one of casesOf(wiki, { cookie: `zhike-session=${secret}`, token }))
    await compareWithExpress(ours, one, dir);
  ours.process.disconnect();
  rmSync(dir, { recursive: true, force: true });
}

function casesOf(wiki: Wiki, as: { cookie: string; token: string }): Case[] {
  const headers = { Cookie: as.cookie };
  const at = <T>(rows: T[], i: number): T => rows[i % rows.length] as T; // never empty: the wiki was just written
  const words = ["固件 升级", "warranty", "X200", "certificate rotation", "保修", "price policy 价格"];
  const revisions = new Map<string, number>();
  const save = (i: number): Ask => {
    const page = at(wiki.pages, i * 7);
    const base_revision = revisions.get(page.id) ?? 1;
    revisions.set(page.id, base_revision + 1);
    const body = JSON.stringify({ base_revision, body: `${longText(wiki.texts, i)}\n\nSaved ${i} ${base_revision}` });
    return {
      method: "PUT",
      path: `/api/v1/pages/${page.id}`,
      headers: { Authorization: `Bearer ${as.token}`, "Content-Type": "application/json" },
      body,
    };
  };
  return [
    { name: "page view", count: 200, ask: (i) => ({ method: "GET", path: `/p/${at(wiki.pages, i).id}/x`, headers }) },
    {
      name: "customer page",
      count: 100,
      ask: (i) => ({ method: "GET", path: `/c/${at(wiki.customers, i).key}`, headers }),
    },
    {
      name: "search",
      count: 100,
      ask: (i) => ({ method: "GET", path: `/search?q=${encodeURIComponent(at(words, i))}`, headers }),
    },
    { name: "page save", count: 100, ask: save },
  ];
}

async function compareWithExpress(ours: Server, one: Case, dir: string): Promise<void> {
  const first = one.ask(0);
  const file = join(dir, "same-bytes.html");
  writeFileSync(file, (await send(ours.url, first)).body);
  const express = await startServer(["express", file]);
  await measure(express, WARM_UP, () => ({ ...first, path: "/" }));
  await measure(ours, WARM_UP, (i) => one.ask(i + 1));
  const rounds: { mine: Round; theirs: Round }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const theirs = await measure(express, one.count, () => ({ ...first, path: "/" }));
    rounds.push({ mine: await measure(ours, one.count, (i) => one.ask(i + 100 * (round + 1))), theirs });
  }
  express.process.disconnect();
  report(one.name, rounds);
}

function report(name: string, rounds: { mine: Round; theirs: Round }[]): void {
  const median = (of: (round: { mine: Round; theirs: Round }) => number) => percentile(rounds.map(of), 0.5);
  const [cpu, ratio] = [median((r) => r.mine.cpuMs), median((r) => r.mine.cpuMs / r.theirs.cpuMs)];
  const [p50, p95] = [0.5, 0.95].map((p) => median((r) => percentile(r.mine.times, p)));
  const slower = median((r) => percentile(r.mine.times, 0.5) / percentile(r.theirs.times, 0.5));
  print(name.padEnd(16), ...[cpu, ratio, p50 ?? 0, p95 ?? 0, slower].map((value) => value.toFixed(2).padStart(7)));
}

async function addToken(db: Awaited<ReturnType<typeof openInstance>>, personId: string): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const row = { id: "bench", person_id: personId, name: "bench", scope: "write" as const, hash: digest(secret) };
  await db
    .insertInto("tokens")
    .values({ ...row, created_at: new Date().toISOString(), expires_at: null, revoked_at: null })
    .execute();
  return secret;
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
const print = (...words: string[]): void => console.log(words.join("  "));
