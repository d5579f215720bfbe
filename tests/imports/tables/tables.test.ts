import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importTable, type TableImport } from "../../../src/imports/tables/import.ts";
import { corpus, folderOf } from "../folders.ts";
import { figures, type ImportWorld, importWorld } from "../pages/world.ts";

type More = Partial<TableImport> & { as?: "mei" | "nobody" };

const tableWorld = async () => {
  const world = await importWorld();
  const load = (what: TableImport["what"], content: string, { as, ...more }: More = {}) =>
    importTable(as ? { ...world.importing, viewer: () => world.viewer(as) } : world.importing, {
      what,
      file: join(folderOf({ "t.csv": content }), "t.csv"),
      timeZone: "Asia/Shanghai",
      ...more,
    });
  return { ...world, load };
};

const customers = ({ db }: ImportWorld) =>
  db.selectFrom("customers").selectAll().orderBy("created_at").orderBy("id").execute();

const HEADER = "name,key,externalId,domain,信用代码,tier,phone,revenue,aliases,parent,owner\n";

describe("customers", () => {
  test("are made with all that is known of them", async () => {
    const world = await tableWorld();
    const report = await world.load(
      "customers",
      `${HEADER}华星科技有限公司,hx,A-1,HX.example,91310000MA1K35XX0X,重点客户,021-5550,1.2万,华星；HX,,mei\n`,
    );
    expect(figures(report)).toMatchObject({ made: 1, refused: 0 });
    const mei = await world.viewer("mei");
    expect(await customers(world)).toMatchObject([
      {
        name: "华星科技有限公司",
        key: "hx",
        domain: "hx.example",
        credit_code: "91310000MA1K35XX0X",
        tier: "A",
        phone: "021-5550",
        facts: '{"revenue":"12000"}',
        aliases: '["华星","HX"]',
        owner_id: mei.id,
      },
    ]);
    expect(await world.db.selectFrom("external_ids").select(["system", "external_id"]).execute()).toEqual([
      { system: "csv", external_id: "A-1" },
    ]);
  });

  test("loaded twice change nothing", async () => {
    const world = await tableWorld();
    const table = `${HEADER}华星,,A-1,hx.example,,A,021,5,HX,,mei\nAcme,,,,,,,,,华星,\n`;
    await world.load("customers", table);
    const before = await customers(world);
    expect(figures(await world.load("customers", table))).toEqual({
      made: 0,
      changed: 0,
      unchanged: 2,
      skipped: 0,
      refused: 0,
    });
    expect(await customers(world)).toEqual(before);
    expect(before.find((one) => one.name === "Acme")?.parent_id).toBe(before.find((one) => one.name === "华星")?.id);
  });

  test("that name themselves as their parent are taken without one, and it is said", async () => {
    const world = await tableWorld();
    const report = await world.load("customers", `${HEADER}华星,,A-1,,,,,,,华星,\nAcme,,A-2,,,,,,,华星,\n`);
    expect(figures(report)).toMatchObject({ made: 2, refused: 0 });
    expect(report.findings.filter(({ outcome }) => outcome === "noted")).toMatchObject([{ line: 2, field: "parent" }]);
    const named = new Map((await customers(world)).map((customer) => [customer.name, customer]));
    const huaxing = named.get("华星");
    expect([huaxing?.parent_id, named.get("Acme")?.parent_id]).toEqual([null, huaxing?.id]);
  });

  test.each([
    ["external id", "New name,,A-1,,,,,,,,\n"],
    ["credit code", "New name,,,,91310000MA1K35XX0X,,,,,,\n"],
    ["domain", "New name,,,HX.example,,,,,,,\n"],
    ["key", "New name,hx,,,,,,,,,\n"],
    ["full name", "华星,,,,,B,,,,,\n"],
  ])("are known again by their %s", async (_what, row) => {
    const world = await tableWorld();
    await world.load("customers", `${HEADER}华星,hx,A-1,hx.example,91310000MA1K35XX0X,A,,,,,\n`);
    expect(figures(await world.load("customers", HEADER + row))).toMatchObject({ made: 0, changed: 1 });
    expect(await customers(world)).toHaveLength(1);
  });

  test("that only sound alike stay apart, and so do those with another credit code", async () => {
    const world = await tableWorld();
    await world.load("customers", `${HEADER}华星科技有限公司,,,,91310000MA1K35XX0X,,,,,,\n`);
    const report = await world.load(
      "customers",
      `${HEADER}华星科技,,,,,,,,,,\n华星科技有限公司,,,,91440300MA5FTEST2J,,,,,,\n`,
    );
    expect([figures(report).made, (await customers(world)).length]).toEqual([2, 3]);
  });

  test("keep what an empty cell does not say", async () => {
    const world = await tableWorld();
    await world.load("customers", `${HEADER}华星,,,,,A,021,5,HX,,\n`);
    await world.load("customers", "name,tier,phone,employees\n华星,B,,7\n");
    expect(await customers(world)).toMatchObject([
      { tier: "B", phone: "021", aliases: '["HX"]', facts: '{"revenue":"5","employees":"7"}' },
    ]);
  });

  test("find their parent in a later row; a missing one, and an unknown owner, are noted", async () => {
    const world = await tableWorld();
    const report = await world.load("customers", `${HEADER}Child,,,,,,,,,Parent,\nParent,,,,,,,,,None,ghost\n`);
    const made = await customers(world);
    const [child, parent] = ["Child", "Parent"].map((name) => made.find((customer) => customer.name === name));
    expect([child?.parent_id, parent?.parent_id]).toEqual([parent?.id, null]);
    expect(report.findings.filter((finding) => finding.outcome === "noted")).toEqual([
      { outcome: "noted", file: "t.csv", line: 3, field: "owner", reason: ["imports.unknownName", { name: "ghost" }] },
      { outcome: "noted", file: "t.csv", line: 3, field: "parent", reason: ["imports.unknownName", { name: "None" }] },
    ]);
  });

  test("checked without writing leave nothing behind", async () => {
    const world = await tableWorld();
    const report = await world.load("customers", `${HEADER}A,,,,,,,,,,\nB,,,,,,,,,A,\n`, { dryRun: true });
    expect([figures(report).made, (await customers(world)).length]).toEqual([2, 0]);
  });

  test("by columns of the user's choice", async () => {
    const world = await tableWorld();
    await world.load("customers", "Firma,Anruf\nAcme,030\n", {
      map: new Map([
        ["name", "Firma"],
        ["phone", "anruf"],
      ]),
    });
    expect(await customers(world)).toMatchObject([{ name: "Acme", phone: "030" }]);
  });
});

test("products are known by code or name, and a name written otherwise is no product", async () => {
  const { load, db } = await tableWorld();
  await load("products", 'name,code,系列,price,是否上架\nGateway,X200,X,"¥1,200",是\nGTX Pro,,GTX,5,\n');
  const again = await load("products", "name,code,price\nGateway,x200,¥1300\nGTX Pro,,5\n");
  expect(figures(again)).toMatchObject({ made: 0, changed: 1, unchanged: 1 });
  expect(
    await db.selectFrom("products").select(["code", "name", "category", "price", "status"]).orderBy("code").execute(),
  ).toEqual([
    { code: "GTX Pro", name: "GTX Pro", category: "GTX", price: "5", status: "active" },
    { code: "X200", name: "Gateway", category: "X", price: "¥1300", status: "active" },
  ]);
  await load("customers", "name\nAcme\n");
  const owned = await load("owned", "customer,product,quantity,serial\nAcme,GTXPro,1,\nAcme,GTX Pro,2,S1\n");
  expect(figures(owned)).toMatchObject({ made: 1, refused: 1 });
  expect((await db.selectFrom("products").select("id").execute()).length).toBe(2);
});

test("contacts belong to their customer and are known by mail, number or name", async () => {
  const { load, db } = await tableWorld();
  await load("customers", "name,externalId\n华星,001A\nAcme,001B\n");
  const table =
    "AccountId,FirstName,LastName,Email,MobilePhone\n001A,明,王,WM@hx.example,138\n001B,Ann,Lee,,139\nnone,X,Y,,\n";
  expect(figures(await load("contacts", table))).toMatchObject({ made: 2, refused: 1 });
  expect(figures(await load("contacts", table))).toMatchObject({ made: 0, unchanged: 2 });
  await load("contacts", "客户,姓名,邮箱,职务\n华星,王明,wm@hx.example,采购经理\n");
  expect(await db.selectFrom("contacts").select(["name", "email", "title"]).orderBy("name").execute()).toEqual([
    { name: "Ann Lee", email: null, title: null },
    { name: "王明", email: "wm@hx.example", title: "采购经理" },
  ]);
});

test("what customers own is known by product and serial number", async () => {
  const { load, db } = await tableWorld();
  await load("customers", "name\nAcme\n");
  await load("products", "name,code\nGateway,X200\n");
  const table =
    "customer,product,quantity,serial,since,version\nAcme,X200,1,S1,2024/1/2,v7\nAcme,Gateway,3,S2,,\nAcme,x200,5,,,\n";
  expect(figures(await load("owned", table))).toMatchObject({ made: 3, refused: 0 });
  expect(figures(await load("owned", table))).toMatchObject({ made: 0, unchanged: 3 });
  await load("owned", "customer,product,serial,until\nAcme,X200,S1,2027-01-01\n");
  const rows = await db
    .selectFrom("owned_products")
    .select(["serial", "quantity", "since", "until", "version"])
    .orderBy("serial")
    .execute();
  expect(rows).toContainEqual({ serial: "S1", quantity: 1, since: "2024-01-02", until: "2027-01-01", version: "v7" });
});

test("follow-up records keep who, when, how and what; told twice they are one", async () => {
  const { load, db, viewer } = await tableWorld();
  await load("customers", "name\n华星\n");
  await load("contacts", "客户,姓名\n华星,王明\n");
  const table =
    "客户,联系人,渠道,方向,跟进时间,内容,下次联系时间,跟进人\n华星,王明,打电话,呼入,2026-11-02 09:30,问固件,2026-11-10,mei\n";
  expect(figures(await load("interactions", table))).toMatchObject({ made: 1, refused: 0 });
  expect(figures(await load("interactions", table))).toMatchObject({ made: 0, unchanged: 1 });
  const mei = await viewer("mei");
  expect(await db.selectFrom("interactions").selectAll().execute()).toMatchObject([
    {
      channel: "phone",
      direction: "in",
      at: "2026-11-02T01:30:00.000Z",
      words: "问固件",
      next_at: "2026-11-10",
      person_id: mei.id,
      status: "open",
    },
  ]);
});

test("someone who may not change customers imports none, row by row", async () => {
  const { load, db } = await tableWorld();
  const report = await load("products", "name\nA\nB\n", { as: "nobody" });
  expect(figures(report)).toMatchObject({ made: 0, refused: 2 });
  expect(report.findings[0]?.reason).toEqual(["imports.notAllowed"]);
  expect(await db.selectFrom("products").select("id").execute()).toEqual([]);
});

const maven = corpus("crm-maven-sales-opportunities");

test("the Maven sales set: 85 customers, 15 with a parent, 7 products, twice", async () => {
  const world = await tableWorld();
  const folder =
    maven ?? folderOf({ "accounts.csv": "account,subsidiary_of\nB,A\nA,\n", "products.csv": "product\nGTX Pro\n" });
  const bring = (what: "customers" | "products", file: string) => world.load(what, "", { file: join(folder, file) });
  expect(figures(await bring("customers", "accounts.csv"))).toMatchObject({ made: maven ? 85 : 2, refused: 0 });
  expect(figures(await bring("products", "products.csv"))).toMatchObject({ made: maven ? 7 : 1, refused: 0 });
  expect(figures(await bring("customers", "accounts.csv"))).toMatchObject({ changed: 0, unchanged: maven ? 85 : 2 });
  expect(figures(await bring("products", "products.csv"))).toMatchObject({ changed: 0, unchanged: maven ? 7 : 1 });
  expect((await customers(world)).filter((one) => one.parent_id)).toHaveLength(maven ? 15 : 1);
});
