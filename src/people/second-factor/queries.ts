import type { Viewer } from "../../access/viewer.ts";
import type { Config } from "../../config.ts";
import type { Db } from "../../db/open.ts";
import { toCount } from "../../db/portable.ts";
import type { Schema } from "../../db/schema.ts";

export type SecondFactor = Schema["second_factors"];

/** The second factor of a person, also one that they have not confirmed yet. */
export const findSecondFactor = (db: Pick<Db, "selectFrom">, personId: string): Promise<SecondFactor | undefined> =>
  db.selectFrom("second_factors").selectAll().where("person_id", "=", personId).executeTakeFirst();

/** How many recovery codes a person has left. */
export async function countRecoveryCodes(db: Pick<Db, "selectFrom">, personId: string): Promise<number> {
  const { count } = await db
    .selectFrom("recovery_codes")
    .select((eb) => eb.fn.countAll().as("count"))
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  return toCount(count);
}

/** Whether the settings of the instance ask this person for a second factor. */
export const needsSecondFactor = (
  { secondFactor }: Pick<Config, "secondFactor">,
  { isAdmin, manages }: Pick<Viewer, "isAdmin" | "manages">,
): boolean =>
  ({
    optional: false,
    admins: isAdmin,
    managers: isAdmin || manages.size > 0,
    everyone: true,
  })[secondFactor];
