import { describe, expect, test } from "vitest";
import { type CustomerDraft, changeCustomer, createCustomer } from "../../src/customers/commands.ts";
import { customersToEdit, customerToEdit } from "../../src/customers/policy.ts";
import { findCustomer, getCustomer, listCustomers } from "../../src/customers/queries.ts";
import { Forbidden, Invalid, NotFound } from "../../src/errors.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const company = async (): Promise<Cast> => castIn(await openTestDatabase());
const create = (cast: Cast, draft: CustomerDraft, by: Login = "mei") =>
  cast.as(by, (tx) => createCustomer(tx, customersToEdit(tx.viewer), draft));
const found = async (cast: Cast, q: string): Promise<string[]> =>
  (await listCustomers(await cast.read("mei"), { q, limit: 50 })).items.map((one) => one.key);

describe("who may create a customer", () => {
  test("a guest may not; an employee may, and is found by key and by id", async () => {
    const cast = await company();
    await expect(create(cast, { name: "华信仪器" }, "guest")).rejects.toThrow(Forbidden);
    const made = await create(cast, { name: "华信仪器", key: "hx" }, "nobody");
    expect(await findCustomer(await cast.read("mei"), "hx")).toMatchObject({ id: made.id, name: "华信仪器" });
    expect((await getCustomer(await cast.read("mei"), made.id)).key).toBe("hx");
    expect(await findCustomer(await cast.read("guest"), "hx")).toBeUndefined();
    await expect(getCustomer(await cast.read("guest"), made.id)).rejects.toThrow(NotFound);
  });
});

describe("the key of a customer", () => {
  test("is made of the initials of a Chinese name and of the words of a Latin one", async () => {
    const cast = await company();
    expect((await create(cast, { name: "华信仪器股份有限公司", short_name: "华信" })).key).toBe("hx");
    expect((await create(cast, { name: "东海物流有限公司" })).key).toBe("dhwl");
    expect((await create(cast, { name: "Acme Trading, Ltd." })).key).toBe("acme-trading-ltd");
  });

  test("gets a random ending when it is taken, and is refused when it was asked for", async () => {
    const cast = await company();
    await create(cast, { name: "华信", key: "hx" });
    expect((await create(cast, { name: "恒信" })).key).toMatch(/^hx-[a-z0-9]{2,5}$/);
    await expect(create(cast, { name: "恒信", key: "hx" })).rejects.toThrow(Invalid);
  });

  test("may be changed to a free one only", async () => {
    const cast = await company();
    await create(cast, { name: "甲", key: "a" });
    const other = await create(cast, { name: "乙", key: "b" });
    const rename = (key: string) =>
      cast.as("mei", (tx) => changeCustomer(tx, customerToEdit(tx.viewer, other), { key }));
    await expect(rename("a")).rejects.toThrow(Invalid);
    expect((await rename("c")).key).toBe("c");
    expect(await findCustomer(await cast.read("mei"), "b")).toBeUndefined();
  });
});

describe("what was given is kept", () => {
  test("facts, aliases and ids of other systems; the domain follows from the website", async () => {
    const cast = await company();
    const made = await create(cast, {
      name: "Kan-code",
      aliases: ["Kancode", "看码"],
      facts: { revenue: "¥ 3.2 亿", employees: "480" },
      website: "https://www.kan-code.example/about",
      external_ids: [{ system: "salesforce", object_type: "Account", external_id: "0015g" }],
    });
    expect(made).toMatchObject({ domain: "kan-code.example", key: "kan-code" });
    const changed = await cast.as("mei", (tx) =>
      changeCustomer(tx, customerToEdit(tx.viewer, made), { tier: "A", website: null }),
    );
    expect(changed).toMatchObject({ tier: "A", domain: null, name: "Kan-code", aliases: made.aliases });
    expect(JSON.parse((await getCustomer(await cast.read("mei"), "kan-code")).facts)).toEqual({
      revenue: "¥ 3.2 亿",
      employees: "480",
    });
  });

  test("a customer cannot be its own parent, not even through another", async () => {
    const cast = await company();
    const group = await create(cast, { name: "集团", key: "group" });
    const daughter = await create(cast, { name: "子公司", key: "daughter", parent_id: group.id });
    const hang = (parent_id: string) =>
      cast.as("mei", (tx) => changeCustomer(tx, customerToEdit(tx.viewer, group), { parent_id }));
    await expect(hang(daughter.id)).rejects.toThrow(Invalid);
    await expect(hang("nothing")).rejects.toThrow(Invalid);
  });
});

describe("finding a customer among many", () => {
  const filled = async (): Promise<Cast> => {
    const cast = await company();
    await create(cast, {
      name: "华信仪器股份有限公司",
      short_name: "华信",
      key: "huaxin",
      phone: "021-5555 1234",
      tier: "A",
    });
    await create(cast, { name: "東海物流", key: "donghai", tier: "B", region: "上海" });
    await create(cast, { name: "重庆长安精工", key: "changan", aliases: ["CA Precision"], tier: "A", region: "重庆" });
    return cast;
  };

  test("by initials, pinyin, part of the name, 繁体, alias, key and the last digits of the phone", async () => {
    const cast = await filled();
    expect(await found(cast, "hx")).toEqual(["huaxin"]);
    expect(await found(cast, "HuaXin")).toEqual(["huaxin"]);
    expect(await found(cast, "仪器")).toEqual(["huaxin"]);
    expect(await found(cast, "東海")).toEqual(["donghai"]);
    expect(await found(cast, "东海")).toEqual(["donghai"]);
    expect(await found(cast, "chongqing")).toEqual(["changan"]);
    expect(await found(cast, "precision")).toEqual(["changan"]);
    expect(await found(cast, "1234")).toEqual(["huaxin"]);
    expect(await found(cast, "5551234")).toEqual(["huaxin"]);
    expect(await found(cast, "%")).toEqual([]);
  });

  test("by tier and region, in pages that follow each other without a gap", async () => {
    const cast = await filled();
    const read = await cast.read("nobody");
    expect((await listCustomers(read, { tier: "A", region: "重庆", limit: 9 })).items.map((c) => c.key)).toEqual([
      "changan",
    ]);
    const first = await listCustomers(read, { limit: 2 });
    const second = await listCustomers(read, { limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map((c) => c.key)).toEqual(["changan", "donghai", "huaxin"]);
    expect([first.total, second.total, second.nextCursor]).toEqual([3, 3, null]);
    expect((await listCustomers(read, { limit: 9, cursor: "nonsense" })).items).toHaveLength(3);
    expect(await listCustomers(await cast.read("guest"), { limit: 9 })).toEqual({
      items: [],
      total: 0,
      nextCursor: null,
    });
  });
});
