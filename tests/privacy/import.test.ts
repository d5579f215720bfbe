import { join } from "node:path";
import { expect, test } from "vitest";
import { customerToManage } from "../../src/customers/policy.ts";
import { getCustomer } from "../../src/customers/queries.ts";
import { importTable, type TableImport } from "../../src/imports/tables/import.ts";
import { eraseContact } from "../../src/privacy/erase/commands.ts";
import { folderOf } from "../imports/folders.ts";
import { figures, importWorld } from "../imports/pages/world.ts";

const CONTACTS = "customer,name,mobile,email\nhx,张伟,138 0000 0148,zw@hx.example\nhx,王芳,13900000149,\n";
const SAID = "customer,externalId,at,channel,words\nhx,T-1,2026-10-01 10:00,phone,张伟说周五到货\n";

test("an import brings nobody back who was erased, says so, and leaves redacted words alone", async () => {
  const { db, importing, as } = await importWorld();
  const load = (what: TableImport["what"], content: string) =>
    importTable(importing, { what, file: join(folderOf({ "t.csv": content }), "t.csv"), timeZone: "Asia/Shanghai" });
  await load("customers", "name,key\n华星,hx\n");
  await load("contacts", CONTACTS);
  await load("interactions", SAID);
  await as("root", async (tx) => {
    const customer = customerToManage(tx.viewer, await getCustomer(tx.read, "hx"));
    const contact = await tx.read
      .selectFrom("visible_contacts")
      .selectAll()
      .where("name", "=", "张伟")
      .executeTakeFirstOrThrow();
    await eraseContact(tx, customer, { contact, draft: { reason: "本人要求", withName: true } });
  });
  const again = await load("contacts", CONTACTS);
  expect(figures(again)).toMatchObject({ made: 0, refused: 1, unchanged: 1 });
  expect(JSON.stringify(again.findings)).toContain("imports.erased");
  const otherName = await load("contacts", "customer,name,mobile\nhx,张先生,+86 138-0000-0148\n");
  expect(figures(otherName)).toMatchObject({ made: 0, refused: 1 });
  const stranger = await load("contacts", "customer,name,mobile\nhx,李强,13700000001\n");
  expect(figures(stranger)).toMatchObject({ made: 1, refused: 0 });
  expect(figures(await load("interactions", SAID))).toMatchObject({ made: 0, changed: 0, unchanged: 1 });
  const names = await db.selectFrom("contacts").select("name").orderBy("name").execute();
  expect(names.map(({ name }) => name)).toEqual(["[erased]", "李强", "王芳"]);
  const [said] = await db.selectFrom("interactions").select("words").execute();
  expect(said?.words).toBe("[erased]说周五到货");
});
