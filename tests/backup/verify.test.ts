import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RawBuilder, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { replaceEntries } from "../../src/access/entries.ts";
import { allow } from "../../src/access/grant.ts";
import { CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { verify } from "../../src/backup/verify.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import type { Db } from "../../src/db/open.ts";
import { recordInteraction } from "../../src/interactions/commands.ts";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { placeToFill } from "../../src/pages/policy.ts";
import { trashPage } from "../../src/pages/trash/commands.ts";
import { restrictPage } from "../../src/permissions/commands.ts";
import { getSpace } from "../../src/spaces/queries.ts";
import { changeHidden } from "../access/interference/hide.ts";
import { makeWorld } from "../access/interference/world.ts";
import { type Cast, castIn } from "../support/cast.ts";
import { openSqlite, openTestDatabase } from "../support/db.ts";

const draftOf = (title: string) =>
  renderDraft({ title, body: `${title} works`, customers: [], products: [], labels: [], summary: "" });

/** A page (p1) with a restricted one (p2) below and one in the trash, a customer and what was said to it. */
async function world(): Promise<Cast & { ids: Record<"p1" | "p2" | "p3" | "customer" | "own", string> }> {
  const cast = await castIn(await openTestDatabase());
  const [one, two, three] = [await draftOf("Calibration"), await draftOf("Prices"), await draftOf("Old")];
  const ids = await cast.as("lan", async (tx) => {
    const space = placeToFill(tx.viewer, await getSpace(tx.read, "sales"));
    const p1 = await createPage(tx, space, one);
    const p2 = await createPage(tx, placeToFill(tx.viewer, p1), two);
    const own = await restrictPage(tx, allow(tx.viewer, p2, "manage"), { entries: [], restricted: true });
    const p3 = await createPage(tx, space, three);
    await trashPage(tx, allow(tx.viewer, p3, "edit"));
    const customer = await createCustomer(tx, allow(tx.viewer, { scope_id: CUSTOMERS_SCOPE }, "edit"), {
      name: "华信",
    });
    await recordInteraction(tx, allow(tx.viewer, customer, "edit"), {
      channel: "phone",
      direction: "in",
      words: "Hello",
    });
    await replaceEntries(tx, allow(tx.viewer, { scope_id: own }, "manage"), { entries: [], restricted: true });
    return { p1: p1.id, p2: p2.id, p3: p3.id, customer: customer.id, own };
  });
  return { ...cast, ids };
}

const dataDir = mkdtempSync(join(tmpdir(), "zhike-verify-"));
const check = ({ db, clock }: Cast) => verify({ db, dataDir, clock });

test("nothing is wrong with what the product itself wrote", async () => {
  expect(await check(await world())).toEqual([]);
});

type World = Awaited<ReturnType<typeof world>>;
type Tampering = [string, (world: World) => RawBuilder<unknown>, string | RegExp];

/** Foreign keys would refuse some of this: it is what a broken disk or a careless hand leaves behind. */
async function tamper(db: Db, statement: RawBuilder<unknown>): Promise<void> {
  if (db.engine.name === "sqlite") await sql`pragma foreign_keys = off`.execute(db);
  await statement.execute(db);
}

describe("verify names the first break of the scopes", () => {
  const cases: Tampering[] = [
    [
      "a page in another scope than its place",
      ({ ids, spaces }) => sql`update pages set scope_id = ${spaces.handbook.scope_id} where id = ${ids.p1}`,
      /^scopes: page \S+ hangs in \S+, its place in \S+$/,
    ],
    [
      "a restricted page that was opened by hand",
      ({ ids, spaces }) => sql`update scopes set parent_id = ${spaces.handbook.scope_id} where id = ${ids.own}`,
      /^scopes: page \S+ hangs in/,
    ],
    [
      "a page below itself",
      ({ ids }) => sql`update pages set parent_id = ${ids.p2} where id = ${ids.p1}`,
      /^scopes: page \S+ (lies below itself|hangs in)/,
    ],
    [
      "a page in another space than the one above",
      ({ ids, spaces }) => sql`update pages set space_id = ${spaces.handbook.id} where id = ${ids.p2}`,
      /^scopes: page \S+ is in another space/,
    ],
    [
      "a space and its scope of different departments",
      ({ spaces, departments }) =>
        sql`update scopes set department_id = ${departments.finance.id} where id = ${spaces.sales.scope_id}`,
      "scopes: space sales and its scope belong to different departments",
    ],
    [
      "a scope without a department",
      ({ spaces }) => sql`update scopes set department_id = null where id = ${spaces.sales.scope_id}`,
      /^scopes: scope \S+ belongs to no department$/,
    ],
    [
      "scopes in a circle",
      ({ ids, spaces }) => sql`update scopes set parent_id = ${ids.own} where id = ${spaces.sales.scope_id}`,
      /^scopes: scope \S+ lies below itself$/,
    ],
    [
      "departments in a circle",
      ({ departments: { company, sales } }) =>
        sql`update departments set parent_id = ${sales.id} where id = ${company.id}`,
      /^scopes: department \S+ lies below itself$/,
    ],
    [
      "a customer in the scope of a space",
      ({ ids, spaces }) => sql`update customers set scope_id = ${spaces.sales.scope_id} where id = ${ids.customer}`,
      /^scopes: customer \S+ hangs in \S+, which is no scope of customers$/,
    ],
    [
      "a scope in which nothing hangs",
      ({ spaces }) =>
        sql`insert into scopes (id, kind, parent_id, created_at) values ('stray', 'page', ${spaces.sales.scope_id}, '2026')`,
      "scopes: scope stray belongs to nothing",
    ],
  ];
  test.each(cases)("%s", async (_what, statement, words) => {
    const changed = await world();
    await tamper(changed.db, statement(changed));
    expect((await check(changed)).find((line) => line.startsWith("scopes: "))).toMatch(words);
  });
});

describe("verify names the first break of the search index", () => {
  const docOf = (id: string) => sql`(select d from search_doc where ref_id = ${id})`;
  const cases: Tampering[] = [
    [
      "a page that is indexed where more can find it",
      ({ ids, spaces }) => sql`update search_doc set scope_id = ${spaces.handbook.scope_id} where ref_id = ${ids.p2}`,
      /^search index: page \S+ is indexed in \S+, but hangs in \S+$/,
    ],
    [
      "a page in the trash that can be found",
      ({ ids, spaces }) => sql`update search_doc set scope_id = ${spaces.sales.scope_id} where ref_id = ${ids.p3}`,
      /^search index: page \S+ is indexed in/,
    ],
    [
      "words that were changed behind its back",
      ({ ids }) => sql`update customers set name = 'Other' where id = ${ids.customer}`,
      /^search index: customer \S+ is indexed with other words than it has$/,
    ],
    [
      "a page that is missing",
      ({ ids }) => sql`delete from search_doc where ref_id = ${ids.p1}`,
      /^search index: page \S+ is missing$/,
    ],
    [
      "something erased that is still found",
      () => sql`update search_doc set ref_id = 'gone' where kind = 'interaction'`,
      /^search index: interaction (\S+ is missing|gone is found)/,
    ],
    [
      "postings that are lost",
      ({ ids }) => sql`delete from search_posting where d = ${docOf(ids.p1)}`,
      /^search index: document \d+ lacks postings of its own$/,
    ],
    [
      "postings of nothing",
      () => sql`insert into search_posting (t, d, i) values (1, 9999, 1)`,
      "search index: there are postings of document 9999, which is not there",
    ],
    ["a wrong count of a term", () => sql`update search_df set df = df + 1`, /are counted wrongly$/],
    ["a wrong size of a scope", () => sql`update search_scope set docs = docs + 1`, /are counted wrongly$/],
  ];
  test.each(cases)("%s", async (_what, statement, words) => {
    const changed = await world();
    await tamper(changed.db, statement(changed));
    expect((await check(changed)).find((line) => line.startsWith("search index: "))).toMatch(words);
  });
});

test("verify names the first break of the audit log", async () => {
  const changed = await world();
  const of = changed.db.engine.name === "postgres" ? sql` on events` : sql``;
  await sql`drop trigger events_unchanged${of}`.execute(changed.db);
  await sql`update events set actor_id = 'somebody else' where seq = 4`.execute(changed.db);
  expect(await check(changed)).toEqual(["audit log: entry 4 was changed"]);
});

test.runIf(process.env.DB !== "postgres")(
  "nothing is wrong with companies drawn by lot, and after random changes",
  async () => {
    for (const seed of [1, 2, 3]) {
      const drawn = await makeWorld(seed);
      const db = await openSqlite(drawn.bytes);
      for (const login of ["nobody", "guest"] as const)
        await changeHidden(db, drawn, await drawn.cast.viewer(login), login.length + 10 * seed);
      expect(await verify({ db, dataDir, clock: drawn.cast.clock })).toEqual([]);
    }
  },
);
