import { expect, test } from "vitest";
import { findDepartmentViewer, mayViewAs, meet } from "../../src/access/view-as.ts";
import { findViewer } from "../../src/access/viewer.ts";
import { openTestDatabase } from "../support/db.ts";
import { findInterference } from "./interference/replay.ts";
import { makeWorld } from "./interference/world.ts";
import { type Facts, type Figure, level } from "./level.ts";
import { randomFacts, settle } from "./worlds.ts";

const NOW = "2026-11-02T08:00:00.000Z";
const WORLDS = process.env.DB === "postgres" ? 2 : 6;

/** Somebody who is a member of one department, and of nothing else. */
const memberOf = (department: string): Figure => ({
  id: "nobody",
  guest: false,
  active: true,
  memberships: [{ department, role: "member" }],
});

/** Scope → the lower of the levels that two people have by the rules as they are written; what either cannot see is left out. */
const lowerOf = (facts: Facts, one: Figure, other: Figure): [string, number][] =>
  facts.scopes
    .map((scope): [string, number] => [scope.id, Math.min(level(facts, one, scope), level(facts, other, scope))])
    .filter(([, both]) => both > 0)
    .sort();

test("whoever views as somebody sees on each scope the lower of the two levels, and no other scope", async () => {
  const seen = { less: 0, scopes: 0 };
  for (let seed = 1; seed <= WORLDS; seed++) {
    const facts = randomFacts(seed);
    const db = await openTestDatabase();
    await settle(db, facts, NOW);
    const targets: [Figure, Awaited<ReturnType<typeof findViewer>>][] = [];
    for (const figure of facts.people) targets.push([figure, await findViewer(db, figure.id, { now: NOW })]);
    for (const { id } of facts.departments) targets.push([memberOf(id), await findDepartmentViewer(db, id)]);
    for (const figure of facts.people) {
      const self = await findViewer(db, figure.id, { now: NOW });
      for (const [other, target] of targets) {
        if (!self || !target) continue;
        const both = [...meet(self, target).levels].sort();
        expect(both).toEqual(lowerOf(facts, figure, other));
        seen.scopes += both.length;
        seen.less += Number(both.length < self.levels.size && both.length < target.levels.size);
      }
    }
    await db.destroy();
  }
  expect(seen.scopes).toBeGreaterThan(WORLDS * 1000);
  expect(seen.less).toBeGreaterThan(WORLDS * 10);
});

test("what both see has no owner, no office of one alone, and administers nothing", async () => {
  for (let seed = 1; seed <= WORLDS; seed++) {
    const facts = randomFacts(seed);
    const db = await openTestDatabase();
    await settle(db, facts, NOW);
    const people = await Promise.all(facts.people.map(({ id }) => findViewer(db, id, { now: NOW })));
    const known = people.flatMap((viewer) => viewer ?? []);
    for (const self of known)
      for (const target of known) {
        const both = meet(self, target);
        expect(known.map(({ id }) => id)).not.toContain(both.id);
        expect([both.isAdmin, both.principals]).toEqual([false, []]);
        expect(both.cap).toBe(Math.min(self.cap, target.cap));
        for (const department of both.manages)
          expect([self.manages.has(department), target.manages.has(department)]).toEqual([true, true]);
      }
    await db.destroy();
  }
});

test("only managers view as people, those of their own departments, and never as themselves", async () => {
  const facts = randomFacts(3);
  const db = await openTestDatabase();
  await settle(db, facts, NOW);
  const allowed = { yes: 0, no: 0 };
  for (const { id } of facts.people)
    for (const other of facts.people) {
      const [self, target] = [await findViewer(db, id, { now: NOW }), await findViewer(db, other.id, { now: NOW })];
      if (!self || !target) continue;
      const shared = other.memberships.some(({ department }) => self.manages.has(department));
      const may = mayViewAs(self, target);
      expect(may).toBe(shared && self.kind === "employee" && id !== other.id);
      allowed[may ? "yes" : "no"]++;
    }
  expect(Math.min(allowed.yes, allowed.no)).toBeGreaterThan(10);
});

/** Who views as whom; each pair shares part of what it sees. */
const PAIRS = [
  ["root", "qiang"],
  ["lan", "qiang"],
  ["root", "fang"],
] as const;

test.each([1, 2, 3, 4, 5, 6])(
  "world %i: whoever views as somebody cannot tell what only one of them sees",
  async (seed) => {
    const world = await makeWorld(seed);
    const [login, whom] = PAIRS[seed % PAIRS.length] ?? ["root", "qiang"];
    const viewer = await world.cast.viewer(whom);
    const viewAs = { target: `person:${viewer.id}`, viewer };
    expect(await findInterference(world, login, { seed, length: 60, viewAs })).toBeUndefined();
  },
);
