import supertest from "supertest";
import { describe, expect, test } from "vitest";
import { createToken } from "../../src/people/tokens.ts";
import { type TestApp, testApp } from "../support/app.ts";

const OWN = "chosen by the owner";

const logIn = (app: TestApp, login: string, password: string) =>
  app.anonymous().post("/login").type("form").send({ login, password });

const GET = [
  "/admin",
  "/admin/people",
  "/admin/people/new",
  "/admin/people/mei",
  "/admin/departments",
  "/admin/departments/new",
  "/admin/departments/sales",
];
const POST = [
  "/admin/people",
  "/admin/people/mei",
  "/admin/people/mei/password",
  "/admin/people/mei/disable",
  "/admin/people/mei/enable",
  "/admin/departments",
  "/admin/departments/sales",
  "/admin/departments/sales/members",
];

test("administration does not exist for anybody else, whatever they manage", async () => {
  const { browser } = await testApp();
  for (const login of ["guest", "nobody", "lan"] as const) {
    const someone = await browser(login);
    for (const path of GET) expect((await someone.get(path)).status, `${login} ${path}`).toBe(404);
    for (const path of POST) expect((await someone.post(path)).status, `${login} ${path}`).toBe(404);
  }
  const root = await browser("root");
  for (const path of GET) expect((await root.get(path)).status, path).toBe(200);
});

test("an administrator adds a colleague, who logs in once with the password they were given", async () => {
  const app = await testApp();
  const root = await app.browser("root");
  const fields = {
    login: "Hua",
    name: "华",
    email: "hua@example.com",
    title: "工程师",
    kind: "employee",
    password: "given by the admin",
  };
  const added = await root.post("/admin/people", { ...fields, "role.sales": "member", "role.finance": "manager" });
  expect(added.status).toBe(303);
  const hua = await app.db.selectFrom("people").selectAll().where("login", "=", "hua").executeTakeFirstOrThrow();
  expect(hua).toMatchObject({
    name: "华",
    email: "hua@example.com",
    title: "工程师",
    kind: "employee",
    admin_at: null,
  });
  const roles = await app.db
    .selectFrom("memberships")
    .select(["department_id", "role"])
    .where("person_id", "=", hua.id)
    .execute();
  expect(new Map(roles.map((row) => [row.department_id, row.role]))).toEqual(
    new Map([
      [app.departments.sales.id, "member"],
      [app.departments.finance.id, "manager"],
    ]),
  );
  expect((await logIn(app, "hua", "given by the admin")).text).toContain('action="/login/password"');
});

test("what was typed comes back when something is wrong", async () => {
  const { browser } = await testApp();
  const root = await browser("root");
  const fields = {
    login: "mei",
    name: "另一个梅",
    email: "",
    title: "",
    kind: "guest",
    expires: "2026-12-01",
    password: "",
  };
  const taken = await root.post("/admin/people", { ...fields, "role.sales": "member" });
  expect(taken.status).toBe(422);
  expect(taken.text).toContain("这个登录名已有人使用");
  expect(taken.text).toContain('value="另一个梅"');
  expect(taken.text).toMatch(/name="role\.sales">.*value="member" selected/);
  expect((await root.post("/admin/people", { ...fields, login: "x y" })).status).toBe(422);
  expect((await root.post("/admin/people", { ...fields, login: "new", email: "no" })).status).toBe(422);
  expect((await root.post("/admin/people", { ...fields, login: "new", "role.nope": "member" })).status).toBe(422);
  expect((await root.post("/admin/people", { ...fields, login: "new", surprise: "1" })).status).toBe(422);
});

test("a reset gives a new one-time password and ends every session", async () => {
  const app = await testApp();
  const [root, mei] = [await app.browser("root"), await app.browser("mei")];
  expect((await mei.get("/")).status).toBe(200);
  const chosen = "chosen by the administrator";
  expect((await root.post("/admin/people/mei/password", { password: "short" })).status).toBe(422);
  expect((await root.post("/admin/people/mei/password", { password: chosen })).status).toBe(303);
  expect((await mei.get("/")).status).toBe(303);
  const replaced = await app
    .anonymous()
    .post("/login/password")
    .type("form")
    .send({ login: "mei", password: chosen, new_password: OWN });
  expect(replaced.status).toBe(303);
  expect((await logIn(app, "mei", OWN)).status).toBe(303);
});

test("a disabled account is out on the next request, and back when enabled", async () => {
  const app = await testApp();
  const [root, mei] = [await app.browser("root"), await app.browser("mei")];
  expect((await mei.get("/")).status).toBe(200);
  expect((await root.post("/admin/people/mei/disable")).status).toBe(303);
  expect((await mei.get("/")).status).toBe(303);
  const listed = async (state: string) =>
    (await root.get(`/admin/people?state=${state}`)).text.includes("/admin/people/mei");
  expect([await listed("active"), await listed("inactive")]).toEqual([false, true]);
  expect((await root.post("/admin/people/mei/enable")).status).toBe(303);
  expect((await (await app.browser("mei")).get("/")).status).toBe(200);
});

test("administrators cannot lock themselves out, and say so in words", async () => {
  const { browser } = await testApp();
  const root = await browser("root");
  const disabled = await root.post("/admin/people/root/disable");
  expect(disabled.status).toBe(422);
  expect(disabled.text).toContain("不能对自己这样做");
  const demoted = await root.post("/admin/people/root", {
    name: "Root",
    email: "",
    title: "",
    "role.company": "manager",
  });
  expect(demoted.status).toBe(422);
  const left = await root.post("/admin/people/root", { name: "Root", email: "", title: "", admin: "on" });
  expect(left.status).toBe(422);
  expect(left.text).toContain("没有主管");
  expect((await root.get("/admin")).status).toBe(200);
});

test("an account is changed with its roles, effective at once", async () => {
  const { browser, viewer } = await testApp();
  const [root, nobody] = [await browser("root"), await browser("nobody")];
  expect((await nobody.get("/")).text).not.toContain("/s/sales");
  const fields = { name: "Somebody", email: "", title: "Sales", "role.east-sales": "member" };
  expect((await root.post("/admin/people/nobody", fields)).status).toBe(303);
  expect(await viewer("nobody")).toMatchObject({
    name: "Somebody",
    departments: [{ key: "east-sales", role: "member" }],
  });
  expect((await nobody.get("/")).text).toContain("/s/sales");
});

test("a disabled account is out at once: sessions, tokens, and requests under way", async () => {
  const app = await testApp();
  const [root, mei] = [await app.browser("root"), await app.browser("mei")];
  const { secret } = await app.as("mei", (tx) =>
    createToken(tx, { person_id: tx.viewer.id, name: "t", scope: "read" }),
  );
  const byToken = () => supertest(app.app).get("/api/v1/me").set("Authorization", `Bearer ${secret}`);
  expect([(await mei.get("/")).status, (await byToken()).status]).toEqual([200, 200]);
  let over = false;
  const late: number[] = [];
  const reading = Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 20; i++) {
        const startedAfter = over;
        const [page, answer] = [await mei.get("/"), await byToken()];
        if (startedAfter) late.push(page.status, answer.status);
      }
    }),
  );
  expect((await root.post("/admin/people/mei/disable")).status).toBe(303);
  over = true;
  await reading;
  expect(late.length).toBeGreaterThan(50);
  expect([...new Set(late)].sort()).toEqual([303, 401]);
  expect((await root.post("/admin/people/mei/enable")).status).toBe(303);
  expect([(await mei.get("/")).status, (await byToken()).status]).toEqual([303, 401]);
});

test("an administrator signs somebody out everywhere; their password still works", async () => {
  const app = await testApp();
  const [root, mei, other] = [await app.browser("root"), await app.browser("mei"), await app.browser("qiang")];
  expect((await root.post("/admin/people/mei/sessions/end")).status).toBe(303);
  expect([(await mei.get("/")).status, (await other.get("/")).status]).toEqual([303, 200]);
  expect((await (await app.browser("mei")).get("/")).status).toBe(200);
});

describe("guests", () => {
  const fields = { login: "visitor", name: "Visitor", email: "", title: "", password: "given by the admin" };

  test("are not added without a last day that lies ahead of them, and are never administrators", async () => {
    const { browser } = await testApp();
    const root = await browser("root");
    const add = async (more: object) =>
      (await root.post("/admin/people", { ...fields, kind: "guest", ...more })).status;
    expect(await add({})).toBe(422);
    expect(await add({ expires: "" })).toBe(422);
    expect(await add({ expires: "soon" })).toBe(422);
    expect(await add({ expires: "2026-12-01", admin: "on" })).toBe(422);
    expect(await add({ expires: "2026-12-01" })).toBe(303);
    expect((await root.get("/admin/people?state=guest")).text).toContain("剩 30 天");
  });

  test("are nobody when their time is over, although they were here a moment ago, until it is extended", async () => {
    const app = await testApp();
    const [admin, guest] = [await app.browser("root"), await app.browser("guest")];
    expect((await admin.post("/admin/people/guest/end", { expires: "2026-11-02" })).status).toBe(303);
    for (const hours of [0, 7, 7]) {
      app.clock.advance(hours * 3_600_000);
      expect([(await guest.get("/")).status, (await admin.get("/admin")).status]).toEqual([200, 200]);
    }
    app.clock.advance(2 * 3_600_000);
    expect((await guest.get("/")).status).toBe(303);
    expect((await admin.get("/admin/people?state=active")).text).not.toContain("/admin/people/guest");
    expect((await admin.post("/admin/people/guest/end", { expires: "2026-11-02" })).status).toBe(422);
    expect((await admin.post("/admin/people/guest/enable")).status).toBe(303);
    expect((await guest.get("/")).status).toBe(303);
    expect((await admin.post("/admin/people/guest/end", { expires: "2026-11-30" })).status).toBe(303);
    expect((await guest.get("/")).status).toBe(200);
    expect((await admin.post("/admin/people/mei/end", { expires: "2026-11-30" })).status).toBe(422);
  });
});
