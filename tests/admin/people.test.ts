import { expect, test } from "vitest";
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

test("an administrator adds a colleague, who logs in once with the password shown once", async () => {
  const app = await testApp();
  const root = await app.browser("root");
  const fields = {
    login: "Hua",
    name: "华",
    email: "hua@example.com",
    title: "工程师",
    kind: "employee",
    password: "",
  };
  const added = await root.post("/admin/people", { ...fields, "role.sales": "member", "role.finance": "manager" });
  expect(added.status).toBe(200);
  const password = /<code id="password">([\w-]{16})<\/code>/.exec(added.text)?.[1] ?? "";
  expect((await root.get("/admin/people/hua")).text).not.toContain(password);
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
  expect((await logIn(app, "hua", password)).text).toContain('action="/login/password"');
});

test("what was typed comes back when something is wrong", async () => {
  const { browser } = await testApp();
  const root = await browser("root");
  const fields = { login: "mei", name: "另一个梅", email: "", title: "", kind: "guest", password: "" };
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
