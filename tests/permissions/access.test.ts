import { describe, expect, test } from "vitest";
import { allow } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
import { readerFor } from "../../src/access/reader.ts";
import { findViewer, systemViewer } from "../../src/access/viewer.ts";
import { listAccess } from "../../src/permissions/access.ts";
import { restrictPage, setSpaceEntries } from "../../src/permissions/commands.ts";
import { level } from "../access/level.ts";
import { randomFacts, settle } from "../access/worlds.ts";
import { write } from "../pages/writing.ts";
import { testApp } from "../support/app.ts";
import { openTestDatabase } from "../support/db.ts";

const NOW = "2026-11-02T08:00:00.000Z";

test("the levels listed are those that people have, in random companies, and a reason fits its level", async () => {
  let checked = 0;
  for (let seed = 1; seed <= 4; seed++) {
    const facts = randomFacts(seed);
    const db = await openTestDatabase();
    await settle(db, facts, NOW);
    const read = readerFor(db, await systemViewer(db, { id: "p0", login: "p0", name: "p0" }), db.engine);
    for (const scope of facts.scopes.slice(0, 12)) {
      for (const { person, level: listed, reason } of await listAccess(
        { read, db, now: NOW },
        { id: scope.id, owner: ownerOf(facts, scope.id) },
      )) {
        const figure = facts.people.find(({ id }) => id === person.id);
        expect(listed).toBe(figure && level(facts, figure, scope));
        expect(["owner", "entry"].includes(reason.kind)).toBe(listed > 0);
        checked++;
      }
    }
    await db.destroy();
  }
  expect(checked).toBeGreaterThan(500);
});

function ownerOf(facts: ReturnType<typeof randomFacts>, id: string | null): string {
  const scope = facts.scopes.find((one) => one.id === id);
  return scope?.owner ?? (scope ? ownerOf(facts, scope.parent) : "");
}

describe("who can see this, and why", () => {
  test("is told to managers alone; hidden is missing", async () => {
    const app = await testApp();
    const page = await write(app, "root", "handbook", { title: "Plan" });
    const paths = ["/s/handbook/permissions/people", `/pages/${page.id}/permissions/people`];
    const status = async (login: "guest" | "nobody" | "root") => {
      const someone = await app.browser(login);
      return Promise.all(paths.map(async (path) => (await someone.get(path)).status));
    };
    expect(await status("guest")).toEqual([404, 404]);
    expect(await status("nobody")).toEqual([403, 403]);
    expect(await status("root")).toEqual([200, 200]);
  });

  test("names the department, the manager's office, the block, and what is missing", async () => {
    const app = await testApp();
    const root = await app.browser("root");
    const why = async (person: string, path = "/s/sales/permissions/people") =>
      (await root.get(`${path}?person=${person}`)).text;
    expect(await why("qiang")).toContain("因为“sales”");
    expect(await why("lan")).toContain("是sales或其上级部门的主管");
    expect(await why("nobody")).toContain("没有任何设置包括此人");
    expect(await why("nope")).toContain("没有找到同事");
    const qiang = await app.viewer("qiang");
    const entries = [
      { principal: `person:${qiang.id}`, kind: "block" as const, level: 0 },
      { principal: "everyone", kind: "grant" as const, level: LEVELS.view },
    ];
    await app.as("lan", (tx) =>
      setSpaceEntries(tx, allow(tx.viewer, app.spaces.sales, "manage"), { entries, restricted: false }),
    );
    expect(await why("qiang")).toContain("被禁止：“qiang”");
    const all = (await root.get("/s/sales/permissions/people")).text;
    expect(all).toContain("/people/nobody");
    expect(all).not.toContain("/people/qiang");
  });

  test("lists every path of a person, and how many people come by each", async () => {
    const app = await testApp();
    const root = await app.browser("root");
    const html = (await root.get("/s/sales/permissions/people")).text.split("<main")[1] ?? "";
    const rowOf = (login: string) => html.split("<tr>").find((row) => row.includes(`/people/${login}"`)) ?? "";
    expect(rowOf("lan")).toMatch(/是sales或其上级部门的主管.*因为“sales”（可编辑）/);
    expect(rowOf("qiang")).toContain("因为“sales”<");
    expect(html).toMatch(/因为“sales”（可编辑）<\/span><span class="end">2 人/);
    expect(html).toMatch(/是sales或其上级部门的主管<\/span><span class="end">2 人/);
  });

  test("on a page says what is inherited, and what hides it", async () => {
    const app = await testApp();
    const [mei, nobody] = [await app.viewer("mei"), await app.viewer("nobody")];
    const parent = await write(app, "root", "handbook", { title: "Parent" });
    const child = await write(app, "root", parent.id, { title: "Child" });
    const grant = (id: string) => [{ principal: `person:${id}`, kind: "grant" as const, level: LEVELS.view }];
    const root = await app.browser("root");
    const why = async (person: string) =>
      (await root.get(`/pages/${child.id}/permissions/people?person=${person}`)).text;
    expect(await why("nobody")).toContain("因为“全体员工”");
    await app.as("root", (tx) =>
      restrictPage(tx, allow(tx.viewer, child, "manage"), { entries: grant(nobody.id), restricted: false }),
    );
    expect(await why("mei")).toContain("因为“support”，继承自上级");
    await app.as("root", (tx) =>
      restrictPage(tx, allow(tx.viewer, parent, "manage"), { entries: grant(mei.id), restricted: true }),
    );
    expect(await why("nobody")).toContain("看不到上级，所以也看不到这里");
    expect((await findViewer(app.db, nobody.id, { now: app.clock.now() }))?.levels.size).toBe(3);
  });
});
