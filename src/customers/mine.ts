import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import { toCount } from "../db/portable.ts";
import type { Customer } from "../db/schema.ts";
import { dayIn } from "../interactions/days.ts";
import { listOldAnswers } from "../links/told.ts";

const MOST_MINE = 12;

/** The customers the viewer is responsible for, by name; one more than are shown when there are more. */
export const listMyCustomers = (read: Reader, viewer: Pick<Viewer, "id">): Promise<Customer[]> =>
  read
    .selectFrom("visible_customers")
    .selectAll()
    .where("owner_id", "=", viewer.id)
    .where("archived_at", "is", null)
    .orderBy("name_pinyin")
    .orderBy("id")
    .limit(MOST_MINE + 1)
    .execute();

/** What waits for the viewer: promises of theirs that are overdue, and customers of theirs that hold an old answer. */
export type Waiting = { overdue: number; oldAnswers: number };

export async function countWaiting(read: Reader, viewer: Pick<Viewer, "id">, now: string): Promise<Waiting> {
  const { count } = await read
    .selectFrom("visible_interactions")
    .select((eb) => eb.fn.countAll().as("count"))
    .where("person_id", "=", viewer.id)
    .where("status", "=", "open")
    .where("next_at", "<", dayIn(now))
    .executeTakeFirstOrThrow();
  return { overdue: toCount(count), oldAnswers: (await listOldAnswers(read, viewer)).length };
}
