import { expect, test } from "vitest";
import { grant } from "../../src/access/grant.ts";
import { addMember, changeDepartment, removeMember } from "../../src/departments/commands.ts";
import { departmentToStaff } from "../../src/departments/policy.ts";
import { countPeople, inTreeOrder, listDepartments } from "../../src/departments/queries.ts";
import { Forbidden, Invalid } from "../../src/errors.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const world = async () => castIn(await openTestDatabase());

test("managers staff their departments and those below, nobody else does but administrators", async () => {
  const { as, viewer, departments, spaces } = await world();
  const nobody = await viewer("nobody");
  const add = (login: "mei" | "fang" | "lan" | "root", key: keyof typeof departments) =>
    as(login, (tx) => addMember(tx, departmentToStaff(tx.viewer, departments[key]), nobody));
  await expect(add("mei", "support")).rejects.toThrow(Forbidden);
  await expect(add("fang", "east-sales")).rejects.toThrow(Forbidden);
  await expect(add("lan", "company")).rejects.toThrow(Forbidden);
  expect((await viewer("nobody")).levels.get(spaces.sales.scope_id)).toBeUndefined();
  await add("lan", "east-sales");
  expect((await viewer("nobody")).levels.get(spaces.sales.scope_id)).toBe(3);
  await add("root", "support");
  expect((await viewer("nobody")).departments.map((d) => d.key).sort()).toEqual(["east-sales", "support"]);
});

test("adding a manager as a member does not demote them, and only an administrator dismisses them", async () => {
  const { as, viewer, departments } = await world();
  const lan = await viewer("lan");
  await as("lan", (tx) => addMember(tx, departmentToStaff(tx.viewer, departments.sales), lan));
  expect((await viewer("lan")).manages.has(departments.sales.id)).toBe(true);
  const dismiss = (login: "lan" | "root") =>
    as(login, (tx) => removeMember(tx, departmentToStaff(tx.viewer, departments.sales), lan));
  await expect(dismiss("lan")).rejects.toThrow(Forbidden);
  await dismiss("root");
  expect((await viewer("lan")).manages.size).toBe(0);
});

test("who leaves a department loses what it had", async () => {
  const { as, viewer, departments, spaces } = await world();
  const qiang = await viewer("qiang");
  expect(qiang.levels.get(spaces.sales.scope_id)).toBe(3);
  await as("lan", (tx) => removeMember(tx, departmentToStaff(tx.viewer, departments["east-sales"]), qiang));
  expect((await viewer("qiang")).levels.get(spaces.sales.scope_id)).toBeUndefined();
});

test("a department never hangs below itself, and moving it moves what its people inherit", async () => {
  const { as, viewer, departments, spaces } = await world();
  const { sales, "east-sales": east, finance } = departments;
  const move = (department: typeof sales, parent: typeof sales) =>
    as("system", (tx) =>
      changeDepartment(tx, grant(tx.viewer, "administer"), department, { name: department.name, parent_id: parent.id }),
    );
  await expect(move(sales, sales)).rejects.toThrow(Invalid);
  await expect(move(sales, east)).rejects.toThrow(Invalid);
  expect((await viewer("qiang")).levels.get(spaces.finance.scope_id)).toBeUndefined();
  await move(east, finance);
  const qiang = await viewer("qiang");
  expect(qiang.levels.get(spaces.sales.scope_id)).toBeUndefined();
  expect(qiang.levels.get(spaces.finance.scope_id)).toBe(3);
});

test("a department that owns spaces cannot be moved away from its only manager", async () => {
  const { as, viewer, departments } = await world();
  const lan = await viewer("lan");
  await as("root", (tx) => removeMember(tx, departmentToStaff(tx.viewer, departments.sales), lan));
  const orphan = as("system", (tx) =>
    changeDepartment(tx, grant(tx.viewer, "administer"), departments.sales, { name: "Sales", parent_id: null }),
  );
  await expect(orphan).rejects.toThrow(Invalid);
});

test("the tree is told from the top, with people counted once however many places they have", async () => {
  const { as, read, viewer, departments } = await world();
  const qiang = await viewer("qiang");
  await as("lan", (tx) => addMember(tx, departmentToStaff(tx.viewer, departments.sales), qiang));
  const all = await listDepartments(await read("mei"));
  expect(inTreeOrder(all).map((d) => `${d.depth} ${d.key}`)).toEqual([
    "0 company",
    "1 finance",
    "1 sales",
    "2 east-sales",
    "1 support",
  ]);
  const counts = await countPeople(await read("mei"), all);
  expect([departments.company, departments.sales, departments["east-sales"]].map((d) => counts.get(d.id))).toEqual([
    5, 2, 1,
  ]);
});
