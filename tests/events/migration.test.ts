import { type Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { sqliteEngine } from "../../src/db/engines/sqlite.ts";
import { migrate } from "../../src/db/migrate.ts";
import * as access from "../../src/db/migrations/0002_access.ts";
import * as audit from "../../src/db/migrations/0007_audit.ts";
import { databaseOf } from "../../src/db/open.ts";
import { findBreak } from "../../src/events/verify.ts";

test("events from before the chain are chained in the order in which they happened", async () => {
  const db = databaseOf(sqliteEngine(":memory:"));
  const departments = {
    up: async (old: Kysely<unknown>) => void (await sql`create table departments (id text primary key)`.execute(old)),
  };
  const before = { "0001_people": departments, "0002_access": access };
  await migrate(db, { migrations: before });
  const times = Array.from(
    { length: 1203 },
    (_, i) => `2026-01-01T00:00:00.${String((i * 7) % 900).padStart(3, "0")}Z`,
  );
  for (const [i, at] of times.entries())
    await sql`insert into events (id, at, kind, subject_kind, subject_id, payload)
      values (${`e${i}`}, ${at}, 'k', 's', 'x', '{}')`.execute(db);
  await migrate(db, { migrations: { ...before, "0007_audit": audit } });
  const events = await db.selectFrom("events").select(["seq", "at"]).orderBy("seq").execute();
  expect(events.map((event) => event.seq)).toEqual(times.map((_, i) => i + 1));
  expect(events.map((event) => event.at)).toEqual(times.toSorted());
  expect(await findBreak(db)).toBeUndefined();
});
