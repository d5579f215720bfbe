import { expect, test } from "vitest";
import { grant } from "../../src/access/grant.ts";
import { CATALOGUE_SCOPE, CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import { makeConfidential } from "../../src/customers/confidential.ts";
import { setOwnedProduct } from "../../src/customers/owned/commands.ts";
import { linkKnowledge } from "../../src/links/commands.ts";
import { createProduct } from "../../src/products/commands.ts";
import { write } from "../pages/writing.ts";
import { testApp } from "../support/app.ts";

/** Two customers, each with a product and a linked page; nobody but root sees the second, `all` see the first. */
async function twoCustomers() {
  const app = await testApp();
  const page = await write(app, "root", "handbook", { title: "Guide" });
  const made = await app.as("system", async (tx) => {
    const product = await createProduct(tx, grant({ scope_id: CATALOGUE_SCOPE }, "edit"), { code: "X1", name: "X1" });
    const make = async (key: string) => {
      const customer = await createCustomer(tx, grant({ scope_id: CUSTOMERS_SCOPE }, "edit"), { name: key, key });
      const owned = await setOwnedProduct(tx, grant(customer, "edit"), { product, quantity: 1 });
      const target = { kind: "customer" as const, customer: grant(customer, "edit") };
      const link = await linkKnowledge(tx, { page: grant(page, "view"), target, relation: "about" });
      return { customer, owned: owned.id, link: link.id };
    };
    return { one: await make("one"), two: await make("two"), hidden: await make("hidden") };
  });
  await app.as("system", (tx) =>
    makeConfidential(tx, grant(made.hidden.customer, "manage"), { entries: [], restricted: true }),
  );
  return { app, page, ...made };
}

test("a route given two ids wants both to belong together, also where each may be seen", async () => {
  const { app, one, two } = await twoCustomers();
  const mei = await app.browser("mei");
  const states = () =>
    Promise.all([
      app.db.selectFrom("knowledge_links").selectAll().execute(),
      app.db.selectFrom("owned_products").selectAll().execute(),
    ]);
  const before = await states();
  for (const path of [
    `/c/one/links/${two.link}/removal`,
    `/c/one/owned/${two.owned}/edit`,
    `/c/one/owned/${two.owned}/removal`,
  ]) {
    expect([path, (await mei.get(path)).status]).toEqual([path, 404]);
    expect([path, (await mei.post(path, path.endsWith("edit") ? { quantity: "9" } : {})).status]).toEqual([path, 404]);
  }
  expect(await states()).toEqual(before);
  expect((await mei.get(`/c/one/links/${one.link}/removal`)).status).toBe(200);
  expect((await mei.get(`/c/one/owned/${one.owned}/edit`)).status).toBe(200);
});

test("a route given two ids answers neither when one of them is hidden", async () => {
  const { app, page, one, hidden } = await twoCustomers();
  const mei = await app.browser("mei");
  const before = await app.db.selectFrom("page_customers").selectAll().execute();
  for (const path of [
    `/c/hidden/links/${one.link}/removal`,
    `/c/one/links/${hidden.link}/removal`,
    `/c/hidden/owned/${one.owned}/removal`,
    `/c/one/owned/${hidden.owned}/removal`,
  ])
    expect([path, (await mei.post(path)).status]).toEqual([path, 404]);
  const untag = (id: string) => mei.post(`/pages/${page.id}/tags/customer/${id}/removal`);
  expect((await untag(hidden.customer.id)).status).toBe((await untag("AAAAAAAAAAAAAAAA")).status);
  expect(await app.db.selectFrom("page_customers").selectAll().execute()).toEqual(before);
  expect(await app.db.selectFrom("knowledge_links").selectAll().execute()).toHaveLength(3);
  expect(await app.db.selectFrom("owned_products").selectAll().execute()).toHaveLength(3);
});
