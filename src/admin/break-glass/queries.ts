import type { Db } from "../../db/open.ts";
import type { Person, Schema } from "../../db/schema.ts";
import type { Administrator } from "../../people/policy.ts";

/** One time that an administrator looked at everything. */
export type Use = Pick<Schema["break_glass"], "id" | "reason" | "started_at" | "until" | "ended_at"> &
  Pick<Person, "login" | "name">;

const uses = (db: Pick<Db, "selectFrom">) =>
  db
    .selectFrom("break_glass as glass")
    .innerJoin("people as person", "person.id", "glass.person_id")
    .select([
      "glass.id",
      "glass.reason",
      "glass.started_at",
      "glass.until",
      "glass.ended_at",
      "person.login",
      "person.name",
    ])
    .orderBy("glass.started_at", "desc")
    .orderBy("glass.id");

/** The latest uses by anybody, for administrators. */
export const listUses = (db: Pick<Db, "selectFrom">, _by: Administrator, limit: number): Promise<Use[]> =>
  uses(db).limit(limit).execute();

/** What a manager was told and has not put away yet. */
export const listNotices = (db: Pick<Db, "selectFrom">, personId: string): Promise<Use[]> =>
  uses(db)
    .innerJoin("break_glass_notices as notice", "notice.break_glass_id", "glass.id")
    .where("notice.person_id", "=", personId)
    .where("notice.seen_at", "is", null)
    .execute();

/** The notice of one use, also when it was put away; undefined for whoever was not told. */
export const findNotice = (db: Pick<Db, "selectFrom">, personId: string, id: string): Promise<Use | undefined> =>
  uses(db)
    .innerJoin("break_glass_notices as notice", "notice.break_glass_id", "glass.id")
    .where("notice.person_id", "=", personId)
    .where("glass.id", "=", id)
    .executeTakeFirst();

/** What was opened in one use, each thing once, in the order in which it was first seen. */
export async function listOpened(db: Pick<Db, "selectFrom">, use: Use): Promise<{ kind: string; id: string }[]> {
  const rows = await db
    .selectFrom("events")
    .select(["subject_kind", "subject_id", "payload"])
    .where("kind", "=", "break_glass.opened")
    .where("at", ">=", use.started_at)
    .where("at", "<=", use.ended_at ?? use.until)
    .orderBy("seq")
    .execute();
  const own = rows.filter((row) => JSON.parse(row.payload).break_glass === use.id);
  const seen = new Map(own.map((row) => [`${row.subject_kind} ${row.subject_id}`, row]));
  return [...seen.values()].map((row) => ({ kind: row.subject_kind, id: row.subject_id }));
}
