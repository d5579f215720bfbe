import { expect, test } from "vitest";
import { compareLevels, foresee, listEveryonesLevels } from "../../src/access/effect.ts";
import { replaceEntries } from "../../src/access/entries.ts";
import { allow } from "../../src/access/grant.ts";
import type { Tx } from "../../src/access/transaction.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { type Facts, level } from "./level.ts";
import { dice, randomFacts, settle } from "./worlds.ts";

const NOW = "2026-11-02T08:00:00.000Z";

test("the effect of any change is the difference of the slow reference before and after", async () => {
  for (let seed = 1; seed <= (process.env.DB === "postgres" ? 3 : 25); seed++) {
    const before = randomFacts(seed);
    const after = { ...before, entries: changed(before, seed) };
    const [was, is] = [await openTestDatabase(), await openTestDatabase()];
    await settle(was, before, NOW);
    await settle(is, after, NOW);
    const some = before.scopes.filter(isLookedAt).map(({ id }) => id);
    const places = some.map((id) => ({ id, before: id, after: id }));
    const found = compareLevels(
      await listEveryonesLevels(was, NOW, some),
      await listEveryonesLevels(is, NOW, some),
      places,
    );
    const lines = found.flatMap((c) => c.people.map((person) => `${person} ${c.place} ${c.from} ${c.to}`));
    expect(lines.sort(), `world ${seed}`).toEqual(differences(before, after));
    expect(lines.length).toBeGreaterThan(0);
    await Promise.all([was.destroy(), is.destroy()]);
  }
});

test("a foreseen change leaves no trace, and its errors pass through", async () => {
  const { db, clock, viewer, spaces } = await castIn(await openTestDatabase());
  const lan = await viewer("lan");
  const mei = await viewer("mei");
  const version = () => db.selectFrom("access_version").select("version").executeTakeFirstOrThrow();
  const entries = [{ principal: `person:${mei.id}`, kind: "grant" as const, level: 2 }];
  const before = await version();
  const scope = spaces.sales.scope_id;
  const work = async (tx: Tx) => {
    await replaceEntries(tx, allow(tx.viewer, spaces.sales, "manage"), { entries, restricted: false });
    return [scope];
  };
  const { before: was, after: is } = await foresee(db, lan, clock, { scopes: [scope], work });
  const qiang = await viewer("qiang");
  expect(compareLevels(was, is, [{ id: "sales", before: scope, after: scope }])).toEqual([
    { place: "sales", from: 0, to: 2, people: [mei.id] },
    { place: "sales", from: 3, to: 0, people: [qiang.id] },
  ]);
  expect(await version()).toEqual(before);
  expect(qiang.levels.get(spaces.sales.scope_id)).toBe(3);
  const failing = { scopes: [scope], work: () => Promise.reject(new Error("no")) };
  await expect(foresee(db, lan, clock, failing)).rejects.toThrow("no");
});

/** Nobody asks about every scope; those left out still count for what lies below them. */
const isLookedAt = ({ id }: { id: string }): boolean => !id.endsWith("3");

function changed(facts: Facts, seed: number): Facts["entries"] {
  const d = dice(seed * 1000);
  const kept = facts.entries.filter(() => d.chance(0.9));
  return kept.map((entry) => (entry.kind === "grant" && d.chance(0.1) ? { ...entry, level: d.below(5) } : entry));
}

const differences = (before: Facts, after: Facts): string[] =>
  before.people
    .flatMap((person) =>
      before.scopes
        .filter(isLookedAt)
        .map((scope) => [person.id, scope.id, level(before, person, scope), level(after, person, scope)] as const),
    )
    .filter(([, , from, to]) => from !== to)
    .map((line) => line.join(" "))
    .sort();
