import { expect, test } from "vitest";
import { replaceEntries } from "../../src/access/entries.ts";
import { grant } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
import type { Department } from "../../src/db/schema.ts";
import { mergeDepartment } from "../../src/departments/merge.ts";
import { listDepartments } from "../../src/departments/queries.ts";
import { Invalid } from "../../src/errors.ts";
import { findBreak } from "../../src/events/verify.ts";
import { setMembership } from "../../src/people/commands.ts";
import { type Cast, castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const world = async () => castIn(await openTestDatabase());
const merge = ({ as }: Cast, from: Department, into: Department) =>
  as("root", (tx) => mergeDepartment(tx, grant(tx.viewer, "administer"), from, into));
const levelOf = async ({ viewer, spaces }: Cast, login: "mei" | "qiang" | "lan", space: keyof Cast["spaces"]) =>
  (await viewer(login)).levels.get(spaces[space].scope_id) ?? 0;

test("people, managers, departments below, entries and spaces go over, and nothing is left behind", async () => {
  const cast = await world();
  const { sales, support } = cast.departments;
  expect([await levelOf(cast, "mei", "sales"), await levelOf(cast, "qiang", "handbook")]).toEqual([0, 1]);
  await merge(cast, sales, support);
  expect((await listDepartments(await cast.read("root"))).map((d) => d.key).sort()).toEqual([
    "company",
    "east-sales",
    "finance",
    "support",
  ]);
  expect(await levelOf(cast, "lan", "sales")).toBe(4);
  expect((await cast.viewer("lan")).departments).toMatchObject([{ key: "support", role: "manager" }]);
  expect((await cast.viewer("lan")).manages).toEqual(new Set([support.id, cast.departments["east-sales"].id]));
  expect([await levelOf(cast, "mei", "sales"), await levelOf(cast, "qiang", "handbook")]).toEqual([3, 3]);
  const left = await cast.db
    .selectFrom("scope_entries")
    .select("principal")
    .where("principal", "like", `%${sales.id}`)
    .execute();
  expect(left).toEqual([]);
  const space = await cast.db
    .selectFrom("spaces")
    .select("department_id")
    .where("key", "=", "sales")
    .executeTakeFirstOrThrow();
  expect(space.department_id).toBe(support.id);
  expect(await findBreak(cast.db)).toBeUndefined();
});

test("who is in both keeps the higher role, and where both have an entry the higher level counts", async () => {
  const cast = await world();
  const { sales, support } = cast.departments;
  const mei = await cast.viewer("mei");
  await cast.as("system", async (tx) => {
    await setMembership(tx, grant(tx.viewer, "administer"), {
      department_id: sales.id,
      person_id: mei.id,
      role: "manager",
    });
    await replaceEntries(tx, grant(cast.spaces.handbook, "manage"), {
      entries: [
        { principal: "everyone", kind: "grant", level: LEVELS.view },
        { principal: `department:${sales.id}`, kind: "grant", level: LEVELS.view },
        { principal: `department:${support.id}`, kind: "grant", level: LEVELS.edit },
        { principal: `managers:${sales.id}`, kind: "grant", level: LEVELS.comment },
      ],
      restricted: false,
    });
    await replaceEntries(tx, grant(cast.spaces.sales, "manage"), {
      entries: [
        { principal: `department:${sales.id}`, kind: "grant", level: LEVELS.edit },
        { principal: `department:${support.id}`, kind: "grant", level: LEVELS.view },
      ],
      restricted: false,
    });
  });
  await merge(cast, sales, support);
  expect((await cast.viewer("mei")).departments).toMatchObject([{ key: "support", role: "manager" }]);
  const entriesOf = async ({ scope_id }: { scope_id: string }) => {
    const entries = await cast.db
      .selectFrom("scope_entries")
      .select(["principal", "level"])
      .where("scope_id", "=", scope_id)
      .execute();
    return new Map(entries.map((entry) => [entry.principal, entry.level]));
  };
  expect(await entriesOf(cast.spaces.sales)).toEqual(new Map([[`department:${support.id}`, 3]]));
  expect(await entriesOf(cast.spaces.handbook)).toEqual(
    new Map([
      ["everyone", 1],
      [`department:${support.id}`, 3],
      [`managers:${support.id}`, 2],
    ]),
  );
});

test("it is refused for itself and for one below, and nothing changes", async () => {
  const cast = await world();
  const { sales, company, "east-sales": east } = cast.departments;
  await expect(merge(cast, sales, sales)).rejects.toThrow(Invalid);
  await expect(merge(cast, sales, east)).rejects.toThrow(Invalid);
  await expect(merge(cast, company, sales)).rejects.toThrow(Invalid);
  await merge(cast, east, sales);
  expect((await listDepartments(await cast.read("root"))).length).toBe(4);
});

test("it is refused when a block would then shut out the last who can manage what is owned", async () => {
  const cast = await world();
  const { sales, support } = cast.departments;
  const root = await cast.viewer("root");
  await cast.as("system", async (tx) => {
    await tx.deleteFrom("memberships").where("person_id", "=", root.id).execute();
    await replaceEntries(tx, grant(cast.spaces.sales, "manage"), {
      entries: [{ principal: `department:${support.id}`, kind: "block", level: 0 }],
      restricted: false,
    });
  });
  await expect(merge(cast, support, sales)).rejects.toThrow(Invalid);
  expect((await listDepartments(await cast.read("root"))).length).toBe(5);
});

test("it is in the log, with the permissions that changed, each where its managers find it", async () => {
  const cast = await world();
  await merge(cast, cast.departments.sales, cast.departments.support);
  const events = await cast.db
    .selectFrom("events")
    .select(["kind", "subject_id"])
    .where("at", ">", "2026-11-02T08")
    .orderBy("seq", "desc")
    .limit(4)
    .execute();
  expect(events).toEqual([
    { kind: "department.merged", subject_id: cast.departments.sales.id },
    { kind: "permissions.changed", subject_id: cast.spaces.sales.scope_id },
    expect.objectContaining({ kind: "membership.set" }),
    expect.anything(),
  ]);
});
