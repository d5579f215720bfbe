import { expect, test } from "vitest";
import { allow } from "../../src/access/grant.ts";
import { disablePerson } from "../../src/people/accounts.ts";
import { administrator } from "../../src/people/policy.ts";
import { restrictPage } from "../../src/permissions/commands.ts";
import { write } from "../pages/writing.ts";
import { type TestApp, testApp } from "../support/app.ts";

const person = (app: TestApp, login: string) =>
  app.db.selectFrom("people").selectAll().where("login", "=", login).executeTakeFirstOrThrow();

test("a guest finds no colleagues, not even those who exist, only themselves", async () => {
  const { browser } = await testApp();
  const guest = await browser("guest");
  expect((await guest.get("/people")).status).toBe(404);
  const [hidden, missing] = [await guest.get("/people/mei"), await guest.get("/people/nope")];
  expect([hidden.status, missing.status]).toEqual([404, 404]);
  expect((await guest.get("/people/guest")).status).toBe(200);
});

test("colleagues find each other by name, part of a login, and department; nobody finds who has left", async () => {
  const app = await testApp();
  const nobody = await app.browser("nobody");
  const all = (await nobody.get("/people")).text;
  for (const login of ["mei", "qiang", "lan", "fang"]) expect(all).toContain(`href="/people/${login}"`);
  expect(all).toContain('href="/departments/support"');
  const some = (await nobody.get("/people?q=QIA")).text;
  expect(some).toContain('href="/people/qiang"');
  expect(some).not.toContain('href="/people/lan"');
  expect((await nobody.get("/people?q=zzz")).text).toContain("换一个词试试");
  const qiang = await person(app, "qiang");
  await app.as("root", (tx) => disablePerson(tx, administrator(tx.viewer), qiang));
  expect((await nobody.get("/people?q=qia")).text).not.toContain('href="/people/qiang"');
  expect((await nobody.get("/people/qiang")).text).toContain("已停用");
});

test("somebody's recent edits are those the viewer can see", async () => {
  const app = await testApp();
  const open = await write(app, "root", "handbook", { title: "Open to all" });
  const secret = await write(app, "root", "handbook", { title: "Plan X" });
  await write(app, "root", "sales", { title: "Price floor" });
  await app.as("root", async (tx) =>
    restrictPage(tx, allow(tx.viewer, secret, "manage"), { entries: [], restricted: true }),
  );
  const seen = async (login: "nobody" | "qiang" | "root") =>
    (await (await app.browser(login)).get("/people/root")).text;
  const [nobody, qiang, root] = [await seen("nobody"), await seen("qiang"), await seen("root")];
  expect(nobody).toContain(open.title);
  for (const hidden of ["Plan X", "Price floor"]) expect(nobody).not.toContain(hidden);
  expect(qiang).toContain("Price floor");
  expect(qiang).not.toContain("Plan X");
  for (const title of ["Open to all", "Plan X", "Price floor"]) expect(root).toContain(title);
});

test("a long list comes in pages", async () => {
  const { db, browser, clock } = await testApp();
  const rest = {
    email: null,
    title: null,
    locale: null,
    theme: null,
    admin_at: null,
    deactivated_at: null,
    expires_at: null,
  };
  const crowd = Array.from({ length: 60 }, (_, i) => `n${String(i).padStart(2, "0")}`);
  await db
    .insertInto("people")
    .values(
      crowd.map((id) => ({ ...rest, id, login: id, name: id, kind: "employee" as const, created_at: clock.now() })),
    )
    .execute();
  const mei = await browser("mei");
  const [first, second] = [(await mei.get("/people?q=n")).text, (await mei.get("/people?q=n&page=2")).text];
  expect(first).toContain('rel="next" href="/people?q&#x3D;n&amp;page&#x3D;2"');
  expect(first).not.toContain(">n59<");
  expect(second).toContain(">n59<");
  expect((await mei.get("/people?page=0")).status).toBe(422);
});
