import { expect, test } from "vitest";
import { createCustomerGroup } from "../../src/customers/groups.ts";
import { departmentToManage } from "../../src/spaces/policy.ts";
import { customerBy, hideInSales, onCustomer } from "../customers/company.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { baseIn, save, statusOf } from "./forms.ts";

const GROUPS = "/permissions/customers";

/** A group that sales owns, and lan and root manage. */
const groupIn = (app: TestApp, name = "华东客户"): Promise<string> =>
  app.as("lan", async (tx) => {
    const { scope_id } = await createCustomerGroup(tx, departmentToManage(tx.viewer, app.departments.sales), {
      name,
      entries: [],
    });
    return scope_id;
  });

const putInside = async (app: TestApp, group: string, customers: string[]) => {
  const root = await app.browser("root");
  const shown = await root.post(`${GROUPS}/${group}/customers/preview`, { customer: customers });
  return root.post(`${GROUPS}/${group}/customers`, { customer: customers, base: baseIn(shown.text) });
};

test("only a department's manager opens a group in its name", async () => {
  const app = await testApp();
  const open = async (login: "guest" | "nobody" | "mei" | "fang" | "lan") =>
    (await (await app.browser(login)).post(GROUPS, { name: "华东客户", department: "sales" })).status;
  expect([await open("guest"), await open("nobody"), await open("mei")]).toEqual([404, 404, 404]);
  expect([await open("fang"), await open("lan")]).toEqual([422, 303]);
  const lan = await app.browser("lan");
  expect((await lan.get(GROUPS)).text).toContain("华东客户");
  expect((await lan.get(GROUPS)).text).not.toContain("全部客户");
  expect((await (await app.browser("root")).get(GROUPS)).text).toContain("全部客户");
});

test("a form without a name comes back with what was typed", async () => {
  const app = await testApp();
  const refused = await (await app.browser("lan")).post(GROUPS, { name: " ", department: "sales" });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("请填写分组名称");
  expect(refused.text).toMatch(/value="sales" selected/);
});

test("a group that one does not manage is missing: its screens, its customers, its name", async () => {
  const app = await testApp();
  const group = await groupIn(app);
  for (const path of ["", "/people", "/people.csv", "/customers"])
    for (const login of ["nobody", "fang"] as const)
      expect(await statusOf(app, login, `${GROUPS}/${group}${path}`), `${login} ${path}`).toBe(404);
  expect((await (await app.browser("fang")).post(`${GROUPS}/${group}/name`, { name: "N" })).status).toBe(404);
  expect((await (await app.browser("fang")).get(GROUPS)).text).not.toContain("华东客户");
  expect(await statusOf(app, "lan", `${GROUPS}/customers`)).toBe(404);
});

test("a preview of putting a customer inside says who loses it and moves nothing; saving moves it", async () => {
  const app = await testApp();
  const group = await groupIn(app);
  const customer = await customerBy(app, "mei", { name: "华信科技", key: "hx" });
  await onCustomer(app, "mei", "hx").said("价格底线是八折");
  const root = await app.browser("root");
  const shown = await root.post(`${GROUPS}/${group}/customers/preview`, { customer: customer.id });
  expect(shown.text).toMatch(/<strong>4 人<\/strong> 不再能看到「华东客户」1 位客户/);
  expect(await statusOf(app, "mei", "/c/hx")).toBe(200);
  expect((await putInside(app, group, [customer.id])).status).toBe(303);
  expect([await statusOf(app, "mei", "/c/hx"), await statusOf(app, "lan", "/c/hx")]).toEqual([404, 200]);
  expect((await root.get(`${GROUPS}/${group}/customers`)).text).toContain("华信科技");
});

test("nothing is moved without its preview, by who manages the group but not the customer, or out of confidence", async () => {
  const app = await testApp();
  const group = await groupIn(app);
  const [open, secret] = [
    await customerBy(app, "mei", { name: "华信科技", key: "hx" }),
    await customerBy(app, "mei", { name: "影子科技", key: "yz" }),
  ];
  await hideInSales(app, secret);
  const move = async (login: "lan" | "root", customer: string) =>
    (await (await app.browser(login)).post(`${GROUPS}/${group}/customers`, { customer })).status;
  expect(await move("root", open.id)).toBe(409);
  expect(await move("lan", open.id)).toBe(404);
  expect(await move("root", secret.id)).toBe(404);
  expect(await statusOf(app, "mei", "/c/hx")).toBe(200);
});

test("whoever is given a level on a group sees its customers; a block takes them away; the owner's last manager stays", async () => {
  const app = await testApp();
  const group = await groupIn(app);
  const customer = await customerBy(app, "mei", { name: "华信科技", key: "hx" });
  await putInside(app, group, [customer.id]);
  const path = `${GROUPS}/${group}`;
  await save(app, "lan", path, { add: `department:${app.departments.support.id}`, add_level: "view" });
  expect([await statusOf(app, "mei", "/c/hx"), await statusOf(app, "nobody", "/c/hx")]).toEqual([200, 404]);
  await save(app, "lan", path, { add_login: "mei", add_level: "block" });
  expect(await statusOf(app, "mei", "/c/hx")).toBe(404);
  const refused = await save(app, "lan", path, { everyone: "block" });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("不能禁止所属部门的最后一位主管");
});

test("a group is called something else; that of all customers keeps its name", async () => {
  const app = await testApp();
  const group = await groupIn(app);
  const [lan, root] = [await app.browser("lan"), await app.browser("root")];
  expect((await lan.post(`${GROUPS}/${group}/name`, { name: "华北客户" })).status).toBe(303);
  expect((await lan.get(GROUPS)).text).toContain("华北客户");
  const all = (await root.get(`${GROUPS}/customers`)).text;
  expect(all).not.toContain(`action="${GROUPS}/customers/name"`);
  expect((await root.post(`${GROUPS}/customers/name`, { name: "N" })).status).toBe(404);
  expect((await root.get(GROUPS)).text).toContain("全部客户");
});

test("a customer becomes confidential by what is said on its own screen, and is open again without it", async () => {
  const app = await testApp();
  await customerBy(app, "mei", { name: "影子科技", key: "yz" });
  const path = "/c/yz/permissions";
  const finance = `department:${app.departments.finance.id}`;
  expect([await statusOf(app, "nobody", path), await statusOf(app, "lan", path)]).toEqual([403, 403]);
  const root = await app.browser("root");
  const fields = { restricted: "on", add: finance, add_level: "edit" };
  expect((await root.post(`${path}/preview`, fields)).text).toMatch(
    /<strong>4 人<\/strong> 不再能看到「影子科技」<\/summary>/,
  );
  expect(await statusOf(app, "mei", "/c/yz")).toBe(200);
  await save(app, "root", path, fields);
  expect([await statusOf(app, "mei", "/c/yz"), await statusOf(app, "fang", "/c/yz")]).toEqual([404, 200]);
  expect((await root.get(GROUPS)).text).toContain("影子科技");
  expect((await root.get("/c/yz")).text).toContain("保密");
  await save(app, "root", path, { [finance]: "" });
  expect(await statusOf(app, "mei", "/c/yz")).toBe(200);
  expect((await root.get("/permissions/history")).text).toContain("影子科技");
});

test("who can see a customer, and why, is told to its managers alone", async () => {
  const app = await testApp();
  const customer = await customerBy(app, "mei", { name: "影子科技", key: "yz" });
  await hideInSales(app, customer);
  const path = "/c/yz/permissions/people";
  expect([await statusOf(app, "mei", path), await statusOf(app, "qiang", path)]).toEqual([404, 403]);
  const html = (await (await app.browser("root")).get(path)).text;
  expect(html).toContain("因为“sales”");
  expect(html).toContain("/people/qiang");
  expect(html).not.toContain("/people/mei");
});
