import { type Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { inTransaction } from "../../src/access/transaction.ts";
import type { Db } from "../../src/db/open.ts";
import { erasePayloads } from "../../src/events/erase.ts";
import { record } from "../../src/events/record.ts";
import { findBreak } from "../../src/events/verify.ts";
import { type Cast, castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const world = async () => castIn(await openTestDatabase());
const happened = (id: string) => ({
  kind: "test.happened",
  subject: { kind: "test", id },
  payload: { secret: "Mona" },
});
const last = (db: Db) => db.selectFrom("events").selectAll().orderBy("seq", "desc").limit(1).executeTakeFirstOrThrow();

describe("the audit log is a chain", () => {
  test("of entries without a gap, each holding the hash of the one before", async () => {
    const { db, as } = await world();
    await as("root", async (tx) => {
      await record(tx, happened("a"));
      await record(tx, happened("b"));
    });
    const entries = await db.selectFrom("events").selectAll().orderBy("seq").execute();
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1));
    expect(entries.slice(1).map((entry) => entry.prev_hash)).toEqual(entries.slice(0, -1).map((entry) => entry.hash));
    expect(entries.slice(-2).map((entry) => entry.subject_id)).toEqual(["a", "b"]);
    expect(await findBreak(db)).toBeUndefined();
  });

  test("that holds nothing of a transaction that was taken back", async () => {
    const { db, as } = await world();
    const { seq } = await last(db);
    const failing = as("root", async (tx) => {
      await record(tx, happened("a"));
      throw new Error("taken back");
    });
    await expect(failing).rejects.toThrow("taken back");
    expect((await last(db)).seq).toBe(seq);
    expect(await findBreak(db)).toBeUndefined();
  });

  test("also when many write at once and touch the same rows in different orders", async () => {
    const cast = await world();
    const root = await cast.viewer("root");
    const write = (i: number) =>
      inTransaction(cast.db, root, cast.clock, async (tx) => {
        if (i % 2 === 0) await tx.accessChanged();
        await record(tx, happened(String(i)));
        if (i % 2 === 1) await tx.accessChanged();
      });
    const before = (await last(cast.db)).seq;
    await Promise.all(Array.from({ length: 40 }, (_, i) => write(i)));
    expect((await last(cast.db)).seq).toBe(before + 40);
    expect(await findBreak(cast.db)).toBeUndefined();
  });
});

describe("nothing is taken back or changed", () => {
  const asPlain = (db: Db): Kysely<unknown> => db as unknown as Kysely<unknown>;

  test.each([
    ["a deletion", sql`delete from events where seq = 2`],
    ["another actor", sql`update events set actor_id = 'other' where seq = 2`],
    ["another payload", sql`update events set payload = '{"level":1}' where seq = 2`],
    ["a payload emptied without a time", sql`update events set payload = '{}', salt = '' where seq = 2`],
    ["a hash made to fit", sql`update events set hash = 'other', erased_at = '2026', payload = '{}', salt = ''`],
  ])("the database itself refuses %s", async (_what, statement) => {
    const { db } = await world();
    await expect(statement.execute(asPlain(db))).rejects.toThrow("the audit log only grows");
    expect(await findBreak(db)).toBeUndefined();
  });

  test.runIf(process.env.DB === "postgres")("PostgreSQL refuses to empty the table as well", async () => {
    const { db } = await world();
    await expect(sql`truncate events`.execute(db)).rejects.toThrow("the audit log only grows");
  });
});

describe("verify names the first break", () => {
  const unprotect = async ({ db }: Cast) => {
    for (const name of ["events_kept", "events_unchanged"])
      await sql.raw(`drop trigger ${name}${process.env.DB === "postgres" ? " on events" : ""}`).execute(db);
  };

  test.each([
    [sql`update events set kind = 'nothing.special' where seq = 3`, "audit log: entry 3 was changed"],
    [
      sql`update events set payload = '{"level":4}' where seq = 5`,
      "audit log: entry 5 says something else than it did",
    ],
    [sql`delete from events where seq = 4`, "audit log: entry 5 follows entry 3: what was between them is missing"],
    [
      sql`update events set prev_hash = 'x' where seq = 6`,
      "audit log: entry 6 does not hold the hash of the one before",
    ],
    [
      sql`update events set payload = '{}', salt = '', erased_at = '2026' where seq = 5`,
      "audit log: entry 5 was erased, and nothing says by whom",
    ],
  ])("whatever was done: %#", async (tampering, words) => {
    const cast = await world();
    await unprotect(cast);
    await tampering.execute(cast.db);
    expect(await findBreak(cast.db)).toBe(words);
  });

  test("when the end is cut off", async () => {
    const cast = await world();
    const { seq } = await last(cast.db);
    await unprotect(cast);
    await sql`delete from events where seq = ${seq}`.execute(cast.db);
    expect(await findBreak(cast.db)).toBe(`audit log: it ends at entry ${seq - 1}, but ${seq} was the last`);
  });
});

test("personal data is erased from the log, which says so and still holds", async () => {
  const { db, as } = await world();
  await as("root", async (tx) => {
    await record(tx, happened("mona"));
    await record(tx, happened("other"));
  });
  expect(await as("root", (tx) => erasePayloads(tx, { kind: "test", id: "mona" }))).toBe(1);
  const about = await db.selectFrom("events").selectAll().where("subject_kind", "=", "test").orderBy("seq").execute();
  expect(about.map(({ payload, salt }) => [payload, salt === ""])).toEqual([
    ["{}", true],
    ['{"secret":"Mona"}', false],
  ]);
  expect(await last(db)).toMatchObject({ kind: "event.erased", subject_kind: "event", subject_id: about[0]?.id });
  expect(await findBreak(db)).toBeUndefined();
});
