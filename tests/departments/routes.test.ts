import { expect, test } from "vitest";
import { testApp } from "../support/app.ts";

test("the structure of the company is hidden from guests, on reads and writes", async () => {
  const { browser } = await testApp();
  const guest = await browser("guest");
  expect((await guest.get("/departments")).status).toBe(404);
  const [hidden, missing] = [await guest.get("/departments/sales"), await guest.get("/departments/nope")];
  expect([hidden.status, missing.status]).toEqual([404, 404]);
  expect((await guest.post("/departments/sales/members", { login: "guest" })).status).toBe(404);
  expect((await guest.post("/departments/sales/members/lan/remove")).status).toBe(404);
});

test("colleagues see who belongs where and who manages it, without any controls", async () => {
  const { browser } = await testApp();
  const nobody = await browser("nobody");
  const tree = (await nobody.get("/departments")).text;
  expect(tree).toContain('href="/departments/east-sales"');
  expect(tree).not.toContain("/admin/departments/new");
  const sales = (await nobody.get("/departments/sales")).text;
  expect(sales).toContain('href="/people/lan"');
  expect(sales).not.toContain("/remove");
  expect(sales).not.toContain('action="/departments/sales/members"');
  expect((await nobody.post("/departments/sales/members", { login: "nobody" })).status).toBe(403);
  expect((await nobody.post("/departments/sales/members/lan/remove")).status).toBe(403);
});

test("a manager adds and removes members, who gain and lose at once", async () => {
  const { browser } = await testApp();
  const [lan, nobody] = [await browser("lan"), await browser("nobody")];
  expect((await lan.get("/departments/east-sales")).text).toContain('<option value="nobody">nobody</option>');
  expect((await lan.post("/departments/east-sales/members", { login: "nope" })).status).toBe(422);
  expect((await lan.post("/departments/east-sales/members", { login: "nobody" })).status).toBe(303);
  expect((await nobody.get("/")).text).toContain("/s/sales");
  expect((await lan.post("/departments/east-sales/members/nobody/remove")).status).toBe(303);
  expect((await nobody.get("/")).text).not.toContain("/s/sales");
  expect((await lan.post("/departments/finance/members", { login: "nobody" })).status).toBe(403);
});

test("only an administrator appoints managers and changes the tree", async () => {
  const { browser, viewer } = await testApp();
  const [lan, root] = [await browser("lan"), await browser("root")];
  expect((await lan.get("/departments/east-sales")).text).not.toContain('value="manager"');
  expect((await root.get("/departments/east-sales")).text).toContain('value="manager"');
  expect((await root.post("/admin/departments/east-sales/members", { login: "qiang", role: "manager" })).status).toBe(
    303,
  );
  expect((await viewer("qiang")).manages.size).toBe(1);
  expect((await root.post("/admin/departments", { key: "west", name: "华西", parent: "sales" })).status).toBe(303);
  expect((await root.post("/admin/departments", { key: "west", name: "x", parent: "" })).status).toBe(422);
  expect((await root.post("/admin/departments", { key: "new", name: "x", parent: "" })).status).toBe(422);
  expect((await root.post("/admin/departments", { key: "-", name: "x", parent: "" })).status).toBe(422);
  expect((await root.post("/admin/departments/sales", { name: "销售", parent: "west" })).status).toBe(422);
  const moved = await root.post("/admin/departments/west", { name: "西部", parent: "support" });
  expect(moved.headers.location).toBe("/departments/west");
  expect((await lan.get("/departments/west")).text).toContain('href="/departments/support"');
});
