import { expect, test } from "vitest";
import { CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { listContacts } from "../../src/contacts/queries.ts";
import { endConfidence } from "../../src/customers/confidential.ts";
import { customerToManage } from "../../src/customers/policy.ts";
import { findCustomer, getCustomerById, listCustomers } from "../../src/customers/queries.ts";
import { Forbidden, NotFound } from "../../src/errors.ts";
import { listInteractions } from "../../src/interactions/queries.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { customerBy, hideInSales, onCustomer } from "./company.ts";

const secret = async () => {
  const cast = await castIn(await openTestDatabase());
  const customer = await customerBy(cast, "mei", { name: "影子科技", key: "yz", phone: "13900007777" });
  await onCustomer(cast, "mei", "yz").contact("赵影");
  await onCustomer(cast, "mei", "yz").said("价格底线是八折");
  return { cast, customer };
};

test("only managers of all customers make one confidential", async () => {
  const { cast, customer } = await secret();
  const by = (login: "mei" | "lan") => cast.as(login, async (tx) => customerToManage(tx.viewer, customer));
  await expect(by("mei")).rejects.toThrow(Forbidden);
  await expect(by("lan")).rejects.toThrow(Forbidden);
  expect((await hideInSales(cast, customer)).scope_id).not.toBe(CUSTOMERS_SCOPE);
});

test("a confidential customer is gone with all that is known of it, for everybody but its own", async () => {
  const { cast, customer } = await secret();
  await hideInSales(cast, customer);
  const mei = await cast.read("mei");
  expect(await findCustomer(mei, "yz")).toBeUndefined();
  expect(await listCustomers(mei, { q: "7777", limit: 9 })).toEqual({ items: [], total: 0, nextCursor: null });
  expect(await listContacts(mei, customer)).toEqual([]);
  expect(await listInteractions(mei, { customer, limit: 9 })).toEqual([]);
  for (const login of ["qiang", "root"] as const) {
    const read = await cast.read(login);
    expect((await listCustomers(read, { q: "影子", limit: 9 })).total).toBe(1);
    expect(await listContacts(read, customer)).toHaveLength(1);
    expect(await listInteractions(read, { customer, limit: 9 })).toHaveLength(1);
  }
});

test("its key is free for those who cannot see it, and both sides find their own", async () => {
  const { cast, customer } = await secret();
  await hideInSales(cast, customer);
  const other = await customerBy(cast, "mei", { name: "远征", key: "yz" });
  expect((await findCustomer(await cast.read("mei"), "yz"))?.id).toBe(other.id);
  expect((await findCustomer(await cast.read("qiang"), "yz"))?.id).toBe(customer.id);
  expect((await findCustomer(await cast.read("qiang"), other.id))?.id).toBe(other.id);
});

test("its words move with it in the search index, and come back when it is open again", async () => {
  const { cast, customer } = await secret();
  const scopes = async () => {
    const rows = await cast.db.selectFrom("search_doc").select(["kind", "scope_id"]).orderBy("kind").execute();
    return Object.fromEntries(rows.map((row) => [row.kind, row.scope_id]));
  };
  const all = { contact: CUSTOMERS_SCOPE, customer: CUSTOMERS_SCOPE, interaction: CUSTOMERS_SCOPE };
  expect(await scopes()).toEqual(all);
  const hidden = await hideInSales(cast, customer);
  const own = hidden.scope_id;
  expect(await scopes()).toEqual({ contact: own, customer: own, interaction: own });
  await cast.as("root", (tx) => endConfidence(tx, customerToManage(tx.viewer, hidden)));
  expect(await scopes()).toEqual(all);
  expect(await findCustomer(await cast.read("mei"), "yz")).toBeDefined();
});

test("made confidential twice it keeps its scope; what was never confidential cannot be opened", async () => {
  const { cast, customer } = await secret();
  await expect(cast.as("root", (tx) => endConfidence(tx, customerToManage(tx.viewer, customer)))).rejects.toThrow(
    NotFound,
  );
  const hidden = await hideInSales(cast, customer);
  expect((await hideInSales(cast, hidden)).scope_id).toBe(hidden.scope_id);
});

test("a key that could be the id of a hidden customer is refused", async () => {
  const { cast } = await secret();
  const called = (key: string) => customerBy(cast, "mei", { name: "冒充", key });
  await expect(called("m1fX2Vh4ZnV-qlWF")).rejects.toMatchObject({ fields: { key: "customers.keyLikeId" } });
  expect((await called("hongkong-trading")).key).toHaveLength("m1fX2Vh4ZnV-qlWF".length);
});

test("the id of a customer means that customer, whatever another is called", async () => {
  const { cast, customer } = await secret();
  const impostor = await customerBy(cast, "mei", { name: "冒充", key: "m" });
  const since = "2000-01-01T00:00:00.000Z";
  await cast.db
    .updateTable("customers")
    .set({ key: customer.id, created_at: since })
    .where("id", "=", impostor.id)
    .execute();
  const read = await cast.read("mei");
  expect((await findCustomer(read, customer.id))?.id).toBe(customer.id);
  expect((await getCustomerById(read, customer.id)).id).toBe(customer.id);
  await hideInSales(cast, customer);
  const mei = await cast.read("mei");
  expect((await findCustomer(mei, customer.id))?.id).toBe(impostor.id);
  await expect(getCustomerById(mei, customer.id)).rejects.toThrow(NotFound);
});
