import { join } from "node:path";
import { expect, test } from "vitest";
import { importTable } from "../../src/imports/tables/import.ts";
import { openPostgres } from "../support/db.ts";
import { folderOf } from "./folders.ts";
import { figures, importWorld } from "./pages/world.ts";

test("pages, links, files and customers come into PostgreSQL as into SQLite, and again without effect", async () => {
  const { bring, pages, importing, db } = await importWorld(await openPostgres());
  const folder = folderOf({
    "index.md": "---\ncustomers: [Acme]\n---\n# 首页\n\n[价格](sales/prices.md#low) ![p](p.png)",
    "sales/prices.md": "# Prices\n\n## Low",
    "p.png": "x",
    "c.csv": "name,domain\nAcme,acme.example\n",
  });
  const table = { what: "customers" as const, file: join(folder, "c.csv"), timeZone: "UTC" };
  expect(figures(await importTable(importing, table))).toMatchObject({ made: 1 });
  expect(figures(await bring(folder))).toMatchObject({ made: 3, refused: 0 });
  expect((await pages()).get("index.md")?.body).toMatch(/^\[价格\]\(\/p\/[\w-]+#h-low\) !\[p\]\(\/files\/[\w-]+\)$/);
  expect(await db.selectFrom("page_customers").select("page_id").execute()).toHaveLength(1);
  expect(figures(await bring(folder))).toMatchObject({ made: 0, changed: 0, unchanged: 3 });
  expect(figures(await importTable(importing, table))).toMatchObject({ made: 0, unchanged: 1 });
  await db.destroy();
}, 120_000);
