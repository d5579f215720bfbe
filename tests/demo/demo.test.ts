import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readerFor } from "../../src/access/reader.ts";
import { findViewer } from "../../src/access/viewer.ts";
import type { Db } from "../../src/db/open.ts";
import { DEMO_FOLDER, loadDemo } from "../../src/demo/load.ts";
import { DEMO_PASSWORD } from "../../src/demo/people.ts";
import { checkPassword } from "../../src/people/passwords.ts";
import { folderOf } from "../imports/folders.ts";
import { testClock } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const TODAY = "2026-11-22T08:00:00.000Z";
let db: Db;

const demoIn = async (folder: string) => {
  const fresh = await openTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "zhike-demo-"));
  return { fresh, people: await loadDemo({ db: fresh, clock: testClock(TODAY), dataDir }, folder) };
};

const readerOf = async (login: string) => {
  const { id } = await db.selectFrom("people").select("id").where("login", "=", login).executeTakeFirstOrThrow();
  const viewer = await findViewer(db, id, { now: TODAY });
  if (!viewer) throw new Error(`${login} is not there`);
  return readerFor(db, viewer, db.engine);
};

const spacesOf = async (login: string) =>
  (await (await readerOf(login)).selectFrom("visible_spaces").select("key").orderBy("key").execute()).map(
    (space) => space.key,
  );

const sees = async (login: string, title: string) =>
  (await (await readerOf(login)).selectFrom("visible_pages").select("id").where("title", "=", title).execute()).length >
  0;

const meets = async (login: string, customer: string) =>
  (await (await readerOf(login)).selectFrom("visible_customers").select("id").where("key", "=", customer).execute())
    .length > 0;

describe("the demo company", () => {
  beforeAll(async () => {
    ({ fresh: db } = await demoIn(DEMO_FOLDER));
  }, 120_000);

  test("is large enough to look around in", async () => {
    const sizes = await Promise.all(
      (["people", "pages", "customers", "contacts", "interactions", "knowledge_links"] as const).map(
        async (table) => (await db.selectFrom(table).selectAll().execute()).length,
      ),
    );
    expect(sizes.map((size) => size >= 20)).toEqual(sizes.map(() => true));
  });

  test("shows customers to those who look after them, and none to a trainee without a department", async () => {
    const seen = async (login: string) =>
      (await (await readerOf(login)).selectFrom("visible_customers").select("key").orderBy("key").execute()).length;
    expect(await seen("lin.xia")).toBe(0);
    expect(await seen("li.mei")).toBeGreaterThan(25);
    expect([await meets("wang.qiang", "hx"), await meets("anna.berg", "kancode")]).toEqual([true, true]);
  });

  test("lets everybody in with the same password", async () => {
    const rows = await db.selectFrom("credentials").select("password_hash").distinct().execute();
    expect(await Promise.all(rows.map((row) => checkPassword(row.password_hash, DEMO_PASSWORD)))).toEqual(
      rows.map(() => true),
    );
    expect(await db.selectFrom("credentials").selectAll().execute()).toHaveLength(20);
  });

  test("shows each department its own spaces", async () => {
    expect(await spacesOf("lin.xia")).toEqual(["guide", "hr", "product", "support"]);
    expect(await spacesOf("han.bing")).toEqual(["guide", "hr", "product", "support"]);
    expect(await spacesOf("li.mei")).not.toContain("finance");
    expect(await spacesOf("he.juan")).toContain("finance");
    expect(await spacesOf("liu.yang")).toContain("finance");
  });

  test("shuts restricted pages and confidential customers", async () => {
    expect([await sees("he.juan", "薪酬等级"), await sees("xu.fang", "薪酬等级")]).toEqual([true, true]);
    expect([
      await sees("li.mei", "薪酬等级"),
      await sees("zhou.min", "薪酬等级"),
      await sees("han.bing", "薪酬等级"),
    ]).toEqual([false, false, false]);
    expect([await meets("zhou.min", "yscg"), await meets("liu.yang", "yscg")]).toEqual([true, true]);
    expect([await meets("gao.fei", "yscg"), await meets("li.mei", "yscg"), await meets("han.bing", "yscg")]).toEqual([
      false,
      false,
      false,
    ]);
    expect([
      await meets("anna.berg", "kancode"),
      await meets("lin.xia", "kancode"),
      await meets("lin.xia", "hx"),
    ]).toEqual([true, false, false]);
  });

  test("has customers who hold an older answer than that of today, told after it was written", async () => {
    const rows = await db
      .selectFrom("knowledge_links as link")
      .innerJoin("pages", "pages.id", "link.page_id")
      .innerJoin("revisions as told", (join) =>
        join.onRef("told.page_id", "=", "link.page_id").onRef("told.n", "=", "link.revision"),
      )
      .leftJoin("revisions as next", (join) =>
        join.onRef("next.page_id", "=", "link.page_id").on((eb) => eb("next.n", "=", eb("link.revision", "+", 1))),
      )
      .select(["link.created_at as at", "told.created_at as since", "next.created_at as until", "pages.title"])
      .execute();
    expect(rows.filter((row) => row.until !== null).length).toBeGreaterThan(5);
    expect(
      rows.filter((row) => row.at < row.since || (row.until !== null && row.at > row.until)).map((row) => row.title),
    ).toEqual([]);
  });

  test("owes its customers something: dates are counted from today", async () => {
    const open = await db
      .selectFrom("interactions")
      .select("next_at")
      .where("status", "=", "open")
      .where("next_at", "is not", null)
      .execute();
    expect(open.some((row) => (row.next_at ?? "") < TODAY.slice(0, 10))).toBe(true);
    expect(open.some((row) => (row.next_at ?? "") > TODAY.slice(0, 10))).toBe(true);
  });
});

test("a demo company that names someone who is not there is refused", async () => {
  const company = {
    name: "C",
    departments: [],
    people: [{ login: "root", name: "R", title: "", locale: "en", admin: true, departments: [] }],
    spaces: [],
    customer_groups: [],
    confidential: [],
    page_restrictions: [],
  };
  const folder = folderOf({
    "company.json": JSON.stringify(company),
    "knowledge_links.csv": "page,customer,contact,relation,person,days_ago,revisions_ago\n",
    "verified.csv": "page,person,days_ago,review_in_days\n",
    "customers.csv": "name,owner\nAcme,ghost\n",
  });
  await expect(demoIn(folder)).rejects.toThrow(/broken.*ghost/);
});
