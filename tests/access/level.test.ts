import { afterAll, expect, test } from "vitest";
import { LEVELS } from "../../src/access/levels.ts";
import { findViewer } from "../../src/access/viewer.ts";
import { openTestDatabase } from "../support/db.ts";
import { type Facts, level } from "./level.ts";
import { randomFacts, settle } from "./worlds.ts";

const NOW = "2026-11-02T08:00:00.000Z";
const onPostgres = process.env.DB === "postgres";
const WORLDS = onPostgres ? 12 : 215;
const seen = { pairs: 0, levels: [0, 0, 0, 0, 0] };

test("the SQL gives everybody the level that the rules give, in every random company", async () => {
  for (let seed = 1; seed <= WORLDS; seed++) {
    const facts = randomFacts(seed);
    const db = await openTestDatabase();
    await settle(db, facts, NOW);
    for (const figure of facts.people) {
      const cap = figure.id.endsWith("7") ? LEVELS.view : LEVELS.manage;
      const viewer = await findViewer(db, figure.id, { now: NOW, cap });
      const found = facts.scopes.map((scope) => viewer?.levels.get(scope.id) ?? LEVELS.none);
      const right = facts.scopes.map((scope) => level(facts, figure, scope, cap));
      if (String(found) !== String(right)) throw new Error(explain(seed, facts, figure.id, found, right));
      count(right);
    }
    await db.destroy();
  }
}, 300_000);

/** A comparison of nothing with nothing would pass too. */
afterAll(() => {
  expect(seen.pairs).toBeGreaterThanOrEqual(onPostgres ? 10_000 : 200_000);
  for (const share of seen.levels) expect(share / seen.pairs).toBeGreaterThan(0.01);
});

function count(levels: number[]): void {
  seen.pairs += levels.length;
  for (const one of levels) seen.levels[one] = (seen.levels[one] ?? 0) + 1;
}

function explain(seed: number, facts: Facts, person: string, found: number[], right: number[]): string {
  const wrong = facts.scopes.filter((_, i) => found[i] !== right[i]).map((scope) => scope.id);
  return `world ${seed}, ${person}, scopes ${wrong}: SQL says ${found}, the rules say ${right}`;
}
