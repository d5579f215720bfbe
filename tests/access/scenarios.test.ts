import { describe, expect, test } from "vitest";
import type { Entry } from "../../src/access/entries.ts";
import { allow, grant } from "../../src/access/grant.ts";
import { LEVELS, type LevelName } from "../../src/access/levels.ts";
import { findViewer } from "../../src/access/viewer.ts";
import { Forbidden } from "../../src/errors.ts";
import { pageToEdit } from "../../src/pages/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { restorePage, trashPage } from "../../src/pages/trash/commands.ts";
import { addPerson, setMembership } from "../../src/people/commands.ts";
import { administrator } from "../../src/people/policy.ts";
import { restrictPage, setSpaceEntries } from "../../src/permissions/commands.ts";
import { write } from "../pages/writing.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

// permissions.md, "Consequences": one test for each, "cannot" beside "can".

const world = async () => castIn(await openTestDatabase());
const level = async (cast: Cast, login: Login, space: keyof Cast["spaces"]) =>
  (await cast.viewer(login)).levels.get(cast.spaces[space].scope_id) ?? LEVELS.none;

const entry = (principal: string, given: LevelName | "block"): Entry =>
  given === "block" ? { principal, kind: "block", level: 0 } : { principal, kind: "grant", level: LEVELS[given] };

const say = (cast: Cast, login: Login, space: keyof Cast["spaces"], ...entries: Entry[]) =>
  cast.as(login, (tx) =>
    setSpaceEntries(tx, allow(tx.viewer, cast.spaces[space], "manage"), { entries, restricted: false }),
  );

async function join(cast: Cast, login: Login, department: keyof Cast["departments"]): Promise<void> {
  const { id } = await cast.viewer(login);
  const membership = { department_id: cast.departments[department].id, person_id: id, role: "member" } as const;
  await cast.as("system", (tx) => setMembership(tx, administrator(tx.viewer), membership));
}

const shut = (cast: Cast, id: string, entries: Entry[]) =>
  cast.as("root", async (tx) =>
    restrictPage(tx, allow(tx.viewer, await getPage(tx.read, id), "manage"), { entries, restricted: true }),
  );

const sees = async (cast: Cast, login: Login, id: string): Promise<boolean> => {
  const read = await cast.read(login);
  return (await read.selectFrom("visible_pages").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
};

describe("joining one more department", () => {
  test("never takes access away, however little the new one has", async () => {
    const cast = await world();
    const { support, finance } = cast.departments;
    await say(
      cast,
      "root",
      "handbook",
      entry(`department:${support.id}`, "edit"),
      entry(`department:${finance.id}`, "view"),
    );
    await join(cast, "mei", "finance");
    expect(await level(cast, "mei", "handbook")).toBe(LEVELS.edit);
  });

  test("gives what the new one and those above it have", async () => {
    const cast = await world();
    expect(await level(cast, "nobody", "sales")).toBe(LEVELS.none);
    await join(cast, "nobody", "east-sales");
    expect(await level(cast, "nobody", "sales")).toBe(LEVELS.edit);
  });
});

describe("a block", () => {
  test("denies whatever else somebody has, and denies nobody else", async () => {
    const cast = await world();
    const mei = await cast.viewer("mei");
    const { support } = cast.departments;
    const entries = [
      entry("everyone", "view"),
      entry(`department:${support.id}`, "edit"),
      entry(`person:${mei.id}`, "manage"),
    ];
    await say(cast, "root", "handbook", ...entries);
    expect(await level(cast, "mei", "handbook")).toBe(LEVELS.manage);
    await say(cast, "root", "handbook", ...entries, entry(`person:${mei.id}`, "block"));
    expect(await level(cast, "mei", "handbook")).toBe(LEVELS.none);
    expect(await level(cast, "nobody", "handbook")).toBe(LEVELS.view);
  });

  test("on a space counts on restricted pages inside it too", async () => {
    const cast = await world();
    const mei = await cast.viewer("mei");
    const page = await write(cast, "root", "handbook", { title: "Plan" });
    await shut(cast, page.id, [entry(`person:${mei.id}`, "edit")]);
    expect(await sees(cast, "mei", page.id)).toBe(true);
    await say(cast, "root", "handbook", entry("everyone", "view"), entry(`person:${mei.id}`, "block"));
    expect(await sees(cast, "mei", page.id)).toBe(false);
  });
});

describe("view is monotone", () => {
  test("nothing is visible under a hidden parent, whatever is said on it", async () => {
    const cast = await world();
    const [mei, nobody] = [await cast.viewer("mei"), await cast.viewer("nobody")];
    const parent = await write(cast, "root", "handbook", { title: "Parent" });
    const child = await write(cast, "root", parent.id, { title: "Child" });
    await shut(cast, child.id, [entry(`person:${nobody.id}`, "edit"), entry(`person:${mei.id}`, "edit")]);
    expect([await sees(cast, "nobody", child.id), await sees(cast, "mei", child.id)]).toEqual([true, true]);
    await shut(cast, parent.id, [entry(`person:${mei.id}`, "view")]);
    expect([await sees(cast, "nobody", child.id), await sees(cast, "mei", child.id)]).toEqual([false, true]);
  });
});

describe("managers of the owning department", () => {
  test("manage their spaces and restricted pages though nothing names them; their members do not", async () => {
    const cast = await world();
    const page = await write(cast, "root", "sales", { title: "Plan" });
    await shut(cast, page.id, []);
    await say(cast, "root", "sales");
    expect([await level(cast, "lan", "sales"), await level(cast, "qiang", "sales")]).toEqual([
      LEVELS.manage,
      LEVELS.none,
    ]);
    expect([await sees(cast, "lan", page.id), await sees(cast, "qiang", page.id)]).toEqual([true, false]);
  });

  test("include those of the departments above, and exclude those beside", async () => {
    const cast = await world();
    expect(await level(cast, "root", "finance")).toBe(LEVELS.manage);
    expect(await level(cast, "lan", "finance")).toBe(LEVELS.none);
  });
});

test("an administrator has no content by role", async () => {
  const cast = await world();
  await cast.as("system", (tx) =>
    addPerson(tx, administrator(tx.viewer), { login: "admin", name: "Admin", admin: true }),
  );
  const { id } = await cast.db.selectFrom("people").select("id").where("login", "=", "admin").executeTakeFirstOrThrow();
  const admin = await findViewer(cast.db, id, { now: cast.clock.now() });
  expect(admin?.isAdmin).toBe(true);
  expect(admin?.levels.get(cast.spaces.finance.scope_id)).toBeUndefined();
  expect(admin?.levels.get(cast.spaces.handbook.scope_id)).toBe(LEVELS.view);
});

test("who edits a space cannot change its permissions; who manages it can", async () => {
  const cast = await world();
  const qiang = await cast.viewer("qiang");
  await expect(say(cast, "qiang", "sales", entry("everyone", "view"))).rejects.toThrow(Forbidden);
  await say(cast, "lan", "sales", entry(`person:${qiang.id}`, "manage"));
  await say(cast, "qiang", "sales", entry("everyone", "view"), entry(`person:${qiang.id}`, "manage"));
  expect(await level(cast, "nobody", "sales")).toBe(LEVELS.view);
});

describe("a guest", () => {
  test("is not everyone, but can be given something by name", async () => {
    const cast = await world();
    const guest = await cast.viewer("guest");
    await say(cast, "root", "handbook", entry("everyone", "edit"));
    expect(await level(cast, "guest", "handbook")).toBe(LEVELS.none);
    await say(cast, "root", "handbook", entry(`person:${guest.id}`, "view"));
    expect(await level(cast, "guest", "handbook")).toBe(LEVELS.view);
  });

  test("comments at most, whatever is granted", async () => {
    const cast = await world();
    const guest = await cast.viewer("guest");
    await say(cast, "root", "handbook", entry(`person:${guest.id}`, "manage"));
    expect(await level(cast, "guest", "handbook")).toBe(LEVELS.comment);
  });
});

test("a read token views what its owner may manage, and sees nothing its owner cannot", async () => {
  const cast = await world();
  const { id } = await cast.viewer("lan");
  const viewer = await findViewer(cast.db, id, { now: cast.clock.now(), cap: LEVELS.view });
  expect(viewer?.levels.get(cast.spaces.sales.scope_id)).toBe(LEVELS.view);
  expect(viewer?.levels.get(cast.spaces.finance.scope_id)).toBeUndefined();
});

test("restoring from the trash never widens: the page returns under the permissions it had", async () => {
  const cast = await world();
  const page = await write(cast, "root", "handbook", { title: "Plan" });
  await shut(cast, page.id, [entry(`department:${cast.departments.finance.id}`, "view")]);
  expect([await sees(cast, "nobody", page.id), await sees(cast, "fang", page.id)]).toEqual([false, true]);
  await cast.as("root", async (tx) => trashPage(tx, pageToEdit(tx.viewer, await getPage(tx.read, page.id))));
  expect(await sees(cast, "fang", page.id)).toBe(false);
  await cast.as("root", async (tx) => {
    const thrown = await tx.read
      .selectFrom("visible_trash")
      .selectAll()
      .where("id", "=", page.id)
      .executeTakeFirstOrThrow();
    await restorePage(tx, grant(thrown, "edit"));
  });
  expect([await sees(cast, "nobody", page.id), await sees(cast, "fang", page.id)]).toEqual([false, true]);
});
