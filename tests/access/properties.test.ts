import { expect, test } from "vitest";
import { readerFor } from "../../src/access/reader.ts";
import { findViewer } from "../../src/access/viewer.ts";
import type { Db } from "../../src/db/open.ts";
import { openTestDatabase } from "../support/db.ts";
import { type Facts, level } from "./level.ts";
import { dice, randomFacts, settle } from "./worlds.ts";

const NOW = "2026-11-02T08:00:00.000Z";
const WORLDS = process.env.DB === "postgres" ? 3 : 10;

test("the Reader shows exactly the pages and customers of the scopes that the rules let see", async () => {
  const seen = { rows: 0, hidden: 0 };
  await everyWorld(async (db, facts) => {
    await furnish(db, facts);
    for (const figure of facts.people) {
      const right = facts.scopes.filter((scope) => level(facts, figure, scope) > 0).map(({ id }) => id);
      const viewer = await findViewer(db, figure.id, { now: NOW });
      if (!viewer) expect(right).toEqual([]);
      else expect(await listFound(db, viewer)).toEqual({ pages: right.sort(), customers: right.sort() });
      seen.rows += right.length;
      seen.hidden += facts.scopes.length - right.length;
    }
  });
  expect(Math.min(seen.rows, seen.hidden)).toBeGreaterThan(WORLDS * 100);
});

test("nothing is visible under a hidden parent", async () => {
  let parents = 0;
  await everyWorld(async (db, facts) => {
    for (const { id } of facts.people) {
      const levels = (await findViewer(db, id, { now: NOW }))?.levels ?? new Map<string, number>();
      const children = facts.scopes.filter((scope) => levels.has(scope.id) && scope.parent !== null);
      for (const { parent } of children) expect(levels.has(parent ?? "")).toBe(true);
      parents += children.length;
    }
  });
  expect(parents).toBeGreaterThan(WORLDS * 10);
});

test("joining a department lowers no level anywhere, unless a block lies on it", async () => {
  let raised = 0;
  await everyWorld(
    async (db, facts, seed) => {
      const department = `d${dice(seed).below(9)}`;
      for (const { id, memberships } of facts.people) {
        if (memberships.some((m) => m.department === department)) continue;
        const before = (await findViewer(db, id, { now: NOW }))?.levels ?? new Map<string, number>();
        await db
          .insertInto("memberships")
          .values({ department_id: department, person_id: id, role: "member", created_at: NOW })
          .execute();
        const after = (await findViewer(db, id, { now: NOW }))?.levels ?? new Map<string, number>();
        for (const [scope, had] of before) expect(after.get(scope) ?? 0).toBeGreaterThanOrEqual(had);
        raised += [...after].filter(([scope, has]) => has > (before.get(scope) ?? 0)).length;
      }
    },
    (facts) => ({ ...facts, entries: facts.entries.filter((entry) => entry.kind === "grant") }),
  );
  expect(raised).toBeGreaterThan(WORLDS);
});

async function everyWorld(
  look: (db: Db, facts: Facts, seed: number) => Promise<void>,
  change: (facts: Facts) => Facts = (facts) => facts,
): Promise<void> {
  for (let seed = 1; seed <= WORLDS; seed++) {
    const facts = change(randomFacts(seed));
    const db = await openTestDatabase();
    await settle(db, facts, NOW);
    await look(db, facts, seed);
    await db.destroy();
  }
}

/** One page and one customer in every scope, called like it. */
async function furnish(db: Db, facts: Facts): Promise<void> {
  const made = { created_at: NOW, created_by: "p0", updated_at: NOW };
  const space = {
    id: "space",
    key: "space",
    name: "space",
    description: "",
    department_id: "d0",
    scope_id: "s0",
    hue: 0,
  };
  await db
    .insertInto("spaces")
    .values({ ...space, created_at: NOW, created_by: "p0", archived_at: null })
    .execute();
  const page = { space_id: "space", position: 0, title: "", title_key: "", revision: 1, updated_by: "p0", ...made };
  await db
    .insertInto("pages")
    .values(facts.scopes.map(({ id }) => ({ ...page, ...NOTHING_OF_PAGE, id, scope_id: id })))
    .execute();
  const customer = { name: "", name_key: "", aliases: "[]", name_pinyin: "", facts: "{}", ...made };
  await db
    .insertInto("customers")
    .values(facts.scopes.map(({ id }) => ({ ...customer, ...NOTHING_OF_CUSTOMER, id, key: id, scope_id: id })))
    .execute();
}

const NOTHING_OF_PAGE = {
  parent_id: null,
  owner_id: null,
  source: null,
  source_hash: null,
  verified_at: null,
  verified_by: null,
  review_at: null,
  trashed_at: null,
  trashed_by: null,
  trashed_with: null,
};
const NOTHING_OF_CUSTOMER = {
  short_name: null,
  tier: null,
  segment: null,
  industry: null,
  region: null,
  owner_id: null,
  parent_id: null,
  website: null,
  domain: null,
  phone: null,
  credit_code: null,
  preferred_channel: null,
  note: null,
  archived_at: null,
};

async function listFound(db: Db, viewer: Parameters<typeof readerFor>[1]) {
  const read = readerFor(db, viewer, db.engine);
  const pages = await read.selectFrom("visible_pages").select("id").execute();
  const customers = await read.selectFrom("visible_customers").select("id").execute();
  return { pages: pages.map(({ id }) => id).sort(), customers: customers.map(({ id }) => id).sort() };
}
