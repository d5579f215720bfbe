import type { Db } from "../../src/db/open.ts";
import type { Schema } from "../../src/db/schema.ts";
import type { Facts, Figure } from "./level.ts";

/** Random numbers that are the same for the same seed (mulberry32). */
export function dice(seed: number) {
  let state = seed;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(roll() * n);
  const pick = <T>(from: readonly T[]): T => {
    const found = from[below(from.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  };
  return { below, pick, chance: (p: number): boolean => roll() < p };
}

type Dice = ReturnType<typeof dice>;
const ids = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

/** A company full of corner cases: deep trees, blocks, restricted scopes, explicit "none", guests, people who have left. */
export function randomFacts(seed: number): Facts {
  const d = dice(seed);
  const departments = ids("d", 9).map((id, i) => ({ id, parent: i > 1 && d.chance(0.75) ? `d${d.below(i)}` : null }));
  const people = ids("p", 24).map((id) => randomFigure(d, id));
  const scopes = ids("s", 40).map((id, i) => {
    const parent = i > 4 && d.chance(0.8) ? `s${d.below(i)}` : null;
    return { id, parent, owner: parent ? null : `d${d.below(9)}`, restricted: d.chance(0.2) };
  });
  const entries = new Map<string, Facts["entries"][number]>();
  for (let i = 0; i < 110; i++) {
    const kind = d.chance(0.08) ? ("block" as const) : ("grant" as const);
    const made = {
      scope: `s${d.below(40)}`,
      principal: randomPrincipal(d),
      kind,
      level: kind === "block" ? 0 : d.below(5),
    };
    entries.set(`${made.scope} ${made.principal} ${kind}`, made);
  }
  return { departments, people, scopes, entries: [...entries.values()] };
}

function randomFigure(d: Dice, id: string): Figure {
  const places = new Map(ids("m", d.below(4)).map(() => [`d${d.below(9)}`, d.chance(0.2)]));
  return {
    id,
    guest: d.chance(0.12),
    active: !d.chance(0.08),
    memberships: [...places].map(([department, leads]) => ({ department, role: leads ? "manager" : "member" })),
  };
}

const randomPrincipal = (d: Dice): string =>
  d.pick([
    "everyone",
    `person:p${d.below(24)}`,
    `department:d${d.below(9)}`,
    `department:d${d.below(9)}`,
    `managers:d${d.below(9)}`,
  ]);

/** Writes the facts into an empty database. Someone inactive is disabled or expired. */
export async function settle(db: Db, facts: Facts, now: string): Promise<void> {
  const created_at = now;
  await insert(
    db,
    "departments",
    facts.departments.map(({ id, parent }) => ({ id, key: id, name: id, parent_id: parent, created_at })),
  );
  await insert(
    db,
    "people",
    facts.people.map((p, i) => personRow(p, i, now)),
  );
  await insert(
    db,
    "memberships",
    facts.people.flatMap((p) =>
      p.memberships.map((m) => ({ department_id: m.department, person_id: p.id, role: m.role, created_at })),
    ),
  );
  await insert(
    db,
    "scopes",
    facts.scopes.map(({ id, parent, owner, restricted }) => ({
      id,
      kind: "page" as const,
      parent_id: parent,
      department_id: owner,
      name: null,
      restricted_at: restricted ? now : null,
      created_at,
    })),
  );
  await insert(
    db,
    "scope_entries",
    facts.entries.map(({ scope, ...entry }) => ({ ...entry, scope_id: scope, created_at, created_by: null })),
  );
}

const personRow = ({ id, guest, active }: Figure, i: number, now: string): Schema["people"] => ({
  id,
  login: id,
  name: id,
  email: null,
  title: null,
  kind: guest ? "guest" : "employee",
  locale: null,
  theme: null,
  admin_at: i === 0 ? now : null,
  deactivated_at: active || i % 2 === 0 ? null : now,
  expires_at: active || i % 2 === 1 ? null : now,
  created_at: now,
});

async function insert<T extends keyof Schema>(db: Db, table: T, rows: Schema[T][]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto(table)
      .values(rows as never)
      .execute();
}
