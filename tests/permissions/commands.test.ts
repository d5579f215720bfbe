import { expect, test } from "vitest";
import type { Entry } from "../../src/access/entries.ts";
import { allow } from "../../src/access/grant.ts";
import type { Tx } from "../../src/access/transaction.ts";
import type { Page } from "../../src/db/schema.ts";
import { Forbidden, Invalid } from "../../src/errors.ts";
import { releasePage, restrictPage, setSpaceEntries } from "../../src/permissions/commands.ts";
import { write } from "../pages/writing.ts";
import { type Cast, castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const world = async () => castIn(await openTestDatabase());

/** handbook: a › b › c */
async function makePages(cast: Cast): Promise<Record<"a" | "b" | "c", Page>> {
  const a = await write(cast, "root", "handbook", { title: "a" });
  const b = await write(cast, "root", a.id, { title: "b" });
  return { a, b, c: await write(cast, "root", b.id, { title: "c" }) };
}

const titles = async (cast: Cast, login: Parameters<Cast["read"]>[0]): Promise<string[]> =>
  (await (await cast.read(login)).selectFrom("visible_pages").select("title").orderBy("title").execute()).map(
    (p) => p.title,
  );

const current = async (tx: Tx, page: Page): Promise<Page> =>
  tx.read.selectFrom("visible_pages").selectAll().where("id", "=", page.id).executeTakeFirstOrThrow();

const restrict = (cast: Cast, page: Page, entries: Entry[]) =>
  cast.as("root", async (tx) =>
    restrictPage(tx, allow(tx.viewer, await current(tx, page), "manage"), { entries, restricted: true }),
  );

const release = (cast: Cast, page: Page) =>
  cast.as("root", async (tx) => releasePage(tx, allow(tx.viewer, await current(tx, page), "manage")));

const editFor = (department: { id: string }): Entry[] => [
  { principal: `department:${department.id}`, kind: "grant", level: 3 },
];

test("only who manages a space says who may do what there", async () => {
  const cast = await world();
  const { handbook } = cast.spaces;
  const open = { entries: editFor(cast.departments.sales), restricted: false };
  const set = (login: "mei" | "root") =>
    cast.as(login, (tx) => setSpaceEntries(tx, allow(tx.viewer, handbook, "manage"), open));
  await expect(set("mei")).rejects.toThrow(Forbidden);
  expect((await cast.viewer("nobody")).levels.get(handbook.scope_id)).toBe(1);
  await set("root");
  expect((await cast.viewer("nobody")).levels.get(handbook.scope_id)).toBeUndefined();
  expect((await cast.viewer("qiang")).levels.get(handbook.scope_id)).toBe(3);
});

test("a restricted page takes all below it along, and only those listed see it", async () => {
  const cast = await world();
  const { b } = await makePages(cast);
  await restrict(cast, b, editFor(cast.departments.finance));
  expect(await titles(cast, "nobody")).toEqual(["a"]);
  expect(await titles(cast, "mei")).toEqual(["a"]);
  expect(await titles(cast, "fang")).toEqual(["a", "b", "c"]);
  expect(await titles(cast, "root")).toEqual(["a", "b", "c"]);
});

test("a page below keeps its own permissions when the page above gets some or gives them up", async () => {
  const cast = await world();
  const { b, c } = await makePages(cast);
  await restrict(cast, c, editFor(cast.departments.finance));
  await restrict(cast, b, editFor(cast.departments.support));
  expect(await titles(cast, "mei")).toEqual(["a", "b"]);
  expect(await titles(cast, "fang")).toEqual(["a"]);
  await release(cast, b);
  expect(await titles(cast, "mei")).toEqual(["a", "b"]);
  expect(await titles(cast, "fang")).toEqual(["a", "b", "c"]);
  expect(await titles(cast, "nobody")).toEqual(["a", "b"]);
});

test("releasing gives back what is inherited, leaves no scope behind, and twice is fine", async () => {
  const cast = await world();
  const { b } = await makePages(cast);
  const scopes = () => cast.db.selectFrom("scopes").select("id").orderBy("id").execute();
  const before = await scopes();
  await restrict(cast, b, editFor(cast.departments.finance));
  expect(await scopes()).toHaveLength(before.length + 1);
  await release(cast, b);
  await release(cast, b);
  expect(await scopes()).toEqual(before);
  expect(await titles(cast, "nobody")).toEqual(["a", "b", "c"]);
});

test("setting a page again changes its entries in place", async () => {
  const cast = await world();
  const { b } = await makePages(cast);
  const first = await restrict(cast, b, editFor(cast.departments.finance));
  expect(await restrict(cast, b, editFor(cast.departments.support))).toBe(first);
  expect(await titles(cast, "fang")).toEqual(["a"]);
  expect(await titles(cast, "mei")).toEqual(["a", "b", "c"]);
});

test("no block reaches the last manager of the owning department, by whatever name it calls them", async () => {
  const cast = await world();
  const { sales, company } = cast.departments;
  const lan = await cast.viewer("lan");
  const root = await cast.viewer("root");
  const block = (...principals: string[]) =>
    cast.as("lan", (tx) =>
      setSpaceEntries(tx, allow(tx.viewer, cast.spaces.sales, "manage"), {
        entries: principals.map((principal) => ({ principal, kind: "block", level: 0 })),
        restricted: false,
      }),
    );
  await expect(block("everyone")).rejects.toThrow(Invalid);
  await expect(block(`person:${lan.id}`, `person:${root.id}`)).rejects.toThrow(Invalid);
  await expect(block(`managers:${sales.id}`)).rejects.toThrow(Invalid);
  await expect(block(`department:${company.id}`)).rejects.toThrow(Invalid);
  await block(`person:${root.id}`);
  expect((await cast.viewer("root")).levels.get(cast.spaces.sales.scope_id)).toBeUndefined();
  await expect(block(`person:${root.id}`, `person:${lan.id}`)).rejects.toThrow(Invalid);
});

test("nor does a block above reach whoever a block below has left", async () => {
  const cast = await world();
  const { b } = await makePages(cast);
  const nobody = await cast.viewer("nobody");
  const root = await cast.viewer("root");
  await cast.db
    .insertInto("memberships")
    .values({
      department_id: cast.departments.company.id,
      person_id: nobody.id,
      role: "manager",
      created_at: cast.clock.now(),
    })
    .execute();
  await restrict(cast, b, [{ principal: `person:${nobody.id}`, kind: "block", level: 0 }]);
  const blockRoot = cast.as("root", (tx) =>
    setSpaceEntries(tx, allow(tx.viewer, cast.spaces.handbook, "manage"), {
      entries: [{ principal: `person:${root.id}`, kind: "block", level: 0 }],
      restricted: false,
    }),
  );
  await expect(blockRoot).rejects.toThrow(Invalid);
});

test("who changed what from what is kept, and read only by those who manage it", async () => {
  const cast = await world();
  const { b } = await makePages(cast);
  const scope = await restrict(cast, b, editFor(cast.departments.finance));
  const changes = async (login: Parameters<Cast["read"]>[0]) =>
    (await cast.read(login))
      .selectFrom("managed_changes")
      .selectAll()
      .where("subject_id", "=", scope)
      .orderBy("id")
      .execute();
  expect(await changes("fang")).toEqual([]);
  const [change] = await changes("root");
  expect(JSON.parse(change?.payload ?? "")).toEqual({
    before: { entries: [], restricted: false },
    after: { entries: editFor(cast.departments.finance), restricted: true },
  });
});
