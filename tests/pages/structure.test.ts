import { expect, test } from "vitest";
import { LEVELS } from "../../src/access/levels.ts";
import { TRASH_SCOPE } from "../../src/access/scope-names.ts";
import type { Tx } from "../../src/access/transaction.ts";
import { findScopeBreak } from "../../src/access/verify.ts";
import type { Page } from "../../src/db/schema.ts";
import { Problem } from "../../src/errors.ts";
import { pageToEdit, pageToManage, placeToFill } from "../../src/pages/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { restorePage, trashPage } from "../../src/pages/trash/commands.ts";
import { getTrashedPage } from "../../src/pages/trash/queries.ts";
import { movePage } from "../../src/pages/tree/commands.ts";
import { releasePage, restrictPage } from "../../src/permissions/commands.ts";
import { getSpace } from "../../src/spaces/queries.ts";
import { seeded } from "../access/interference/random.ts";
import { dice } from "../access/worlds.ts";
import { CAST, type Cast, castIn, type Login, testClock } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { write } from "./writing.ts";

const WORLDS = process.env.DB === "postgres" ? 3 : 20;
const STEPS = 40;
/** Those who can do most do most. */
const DOERS: Login[] = ["root", "lan", "lan", "fang", "fang", "mei", "mei", "qiang", "nobody"];
const LOGINS = Object.keys(CAST) as Login[];

/** Everybody's level on every page, and where each page is. */
type State = { pages: Map<string, Page>; levels: Map<Login, Map<string, number>> };

test("whatever people move, throw away, bring back and restrict: what they do not see stays as it is for everybody", async () => {
  const done = { kept: 0, refused: 0, hidden: 0 };
  for (let seed = 1; seed <= WORLDS; seed++) {
    const clock = Object.assign(testClock(), { random: seeded(seed).bytes });
    const cast = await castIn(await openTestDatabase(), clock);
    const d = dice(seed);
    await furnish(cast, d);
    let before = await look(cast);
    for (let step = 0; step < STEPS; step++) {
      const who = d.pick(DOERS);
      const kind = d.pick([
        "write",
        "write",
        "move",
        "move",
        "trash",
        "restore",
        "restrict",
        "restrict",
        "release",
      ] as const);
      const kept = await act(cast, who, kind, d, before);
      done[kept ? "kept" : "refused"]++;
      const after = await look(cast);
      const told = `seed ${seed}, step ${step}: ${who} ${kind}`;
      if (kind === "move" || kind === "trash" || kind === "restore")
        done.hidden += expectHiddenUnchanged(before, after, who, told);
      if (!kept) expect(after, told).toEqual(before);
      expectWholeTree(after, told);
      await expectIndexed(cast, after, told);
      expect(await findScopeBreak(cast.db), told).toBeUndefined();
      before = after;
    }
  }
  expect(done.kept).toBeGreaterThan(WORLDS * 10);
  expect(done.refused).toBeGreaterThan(WORLDS);
  expect(done.hidden).toBeGreaterThan(WORLDS * 20);
});

/** Some pages in each space, below each other as it happens: open ones, ones that others manage, and hidden ones below those. */
async function furnish(cast: Cast, d: Dice): Promise<void> {
  const grantTo = (level: number) => ({ principal: d.pick(principals(cast)), kind: "grant" as const, level });
  for (const [who, space] of [
    ["root", "handbook"],
    ["lan", "sales"],
    ["fang", "finance"],
  ] as const) {
    const places: string[] = [space];
    for (let i = 0; i < 6; i++) {
      const page = await write(cast, who, places.at(-1 - d.below(2)) ?? space, { title: `${space} ${i}` });
      places.push(page.id);
      const to = { entries: [grantTo(i < 3 ? LEVELS.manage : LEVELS.view)], restricted: i > 2 || d.chance(0.3) };
      if (d.chance(0.7)) await cast.as(who, (tx) => restrictPage(tx, pageToManage(tx.viewer, page), to));
    }
  }
}

async function look(cast: Cast): Promise<State> {
  const rows = await cast.db.selectFrom("pages").selectAll().orderBy("id").execute();
  const levels = new Map<Login, Map<string, number>>();
  for (const login of LOGINS) {
    const viewer = await cast.viewer(login);
    levels.set(login, new Map(rows.map((page) => [page.id, viewer.levels.get(page.scope_id) ?? LEVELS.none])));
  }
  return { pages: new Map(rows.map((page) => [page.id, page])), levels };
}

type Dice = ReturnType<typeof dice>;

/** @returns whether it was done */
async function act(cast: Cast, who: Login, kind: string, d: Dice, { pages, levels }: State): Promise<boolean> {
  const all = [...pages.values()]
    .filter((one) => (one.trashed_at !== null) === (kind === "restore"))
    .map(({ id }) => id);
  const theirs = all.filter((id) => (levels.get(who)?.get(id) ?? 0) >= LEVELS.edit);
  const known = d.chance(0.9) && theirs.length > 0 ? theirs : [...all, "none"];
  const [place, page] = [d.pick(["handbook", "sales", "finance", ...known, ...known]), d.pick(known)];
  const grants = [1, 2].map(() => ({
    principal: d.pick(principals(cast)),
    kind: "grant" as const,
    level: 1 + d.below(4),
  }));
  const entries = [...new Map(grants.map((entry) => [entry.principal, entry])).values()];
  const restricted = d.chance(0.6);
  const steps: Record<string, (tx: Tx) => Promise<unknown>> = {
    move: async (tx) =>
      movePage(tx, pageToEdit(tx.viewer, await getPage(tx.read, page)), placeToFill(tx.viewer, await find(tx, place))),
    trash: async (tx) => trashPage(tx, pageToEdit(tx.viewer, await getPage(tx.read, page))),
    restore: async (tx) => restorePage(tx, pageToEdit(tx.viewer, await getTrashedPage(tx.read, page))),
    restrict: async (tx) =>
      restrictPage(tx, pageToManage(tx.viewer, await getPage(tx.read, page)), { entries, restricted }),
    release: async (tx) => releasePage(tx, pageToManage(tx.viewer, await getPage(tx.read, page))),
  };
  try {
    const step = steps[kind];
    await (step ? cast.as(who, step) : write(cast, who, place, { title: `Page ${pages.size}` }));
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

const principals = ({ departments }: Cast): string[] => [
  "everyone",
  ...Object.values(departments).map(({ id }) => `department:${id}`),
];

const find = (tx: Tx, place: string) => getPage(tx.read, place).catch(() => getSpace(tx.read, place));

/** @returns how many pages were hidden from them */
function expectHiddenUnchanged(before: State, after: State, who: Login, told: string): number {
  const hidden = [...before.pages.keys()].filter((id) => before.levels.get(who)?.get(id) === LEVELS.none);
  for (const id of hidden) {
    for (const login of LOGINS)
      expect(after.levels.get(login)?.get(id), `${told}: ${login} on ${id}`).toBe(before.levels.get(login)?.get(id));
    const { trashed_at, space_id } = after.pages.get(id) ?? {};
    expect({ trashed_at, space_id }, told).toEqual({
      trashed_at: before.pages.get(id)?.trashed_at,
      space_id: before.pages.get(id)?.space_id,
    });
  }
  return hidden.length;
}

/** A page hangs in its own space; what is not in the trash does not hang in the trash; nobody sees below what they do not see. */
function expectWholeTree({ pages, levels }: State, told: string): void {
  for (const page of pages.values()) {
    const parent = page.parent_id === null ? undefined : pages.get(page.parent_id);
    if (!parent || page.trashed_at !== null) continue;
    expect([parent.space_id, parent.trashed_at], told).toEqual([page.space_id, null]);
    for (const seen of levels.values())
      if ((seen.get(page.id) ?? 0) > 0) expect(seen.get(parent.id), told).toBeGreaterThan(0);
  }
}

async function expectIndexed(cast: Cast, { pages }: State, told: string): Promise<void> {
  const docs = await cast.db
    .selectFrom("search_doc")
    .select(["ref_id", "scope_id"])
    .where("kind", "=", "page")
    .execute();
  const indexed = new Map(docs.map((doc) => [doc.ref_id, doc.scope_id]));
  const right = [...pages.values()].map(
    (page) => [page.id, page.trashed_at === null ? page.scope_id : TRASH_SCOPE] as const,
  );
  expect(indexed, told).toEqual(new Map(right));
}
