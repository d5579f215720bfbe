import type { Tx } from "../../access/transaction.ts";
import type { Person } from "../../db/schema.ts";
import { record } from "../../events/record.ts";
import { endSessions } from "../../http/session.ts";
import type { Administrator } from "../policy.ts";
import { bare, recoveryDigest, stepOf } from "./codes.ts";
import type { SecondFactor } from "./queries.ts";

type Whose = Pick<Person, "id">;

/** Gives somebody a secret, which counts only once they have shown a code of it. One that counts already stays. */
export async function beginSecondFactor(tx: Tx, person: Whose, secret: string): Promise<void> {
  const fresh = { secret, last_step: 0, created_at: tx.now };
  await tx
    .insertInto("second_factors")
    .values({ person_id: person.id, ...fresh, confirmed_at: null })
    .onConflict((oc) => oc.column("person_id").doUpdateSet(fresh).where("second_factors.confirmed_at", "is", null))
    .execute();
}

/**
 * Makes the second factor count, now that its owner has shown a code.
 * @param recoveryCodes what they may use without the app; only digests are kept
 * @returns whether the code was right
 */
export async function confirmSecondFactor(
  tx: Tx,
  factor: SecondFactor,
  { code, recoveryCodes }: { code: string; recoveryCodes: string[] },
): Promise<boolean> {
  if (factor.confirmed_at !== null || !(await useStep(tx, factor, code))) return false;
  const id = factor.person_id;
  await tx.updateTable("second_factors").set({ confirmed_at: tx.now }).where("person_id", "=", id).execute();
  await replaceRecoveryCodes(tx, { id }, recoveryCodes);
  await record(tx, { kind: "person.second_factor_added", subject: { kind: "person", id } });
  return true;
}

/** Ten new recovery codes in place of those that are left. */
export async function replaceRecoveryCodes(tx: Tx, person: Whose, codes: string[]): Promise<void> {
  await tx.deleteFrom("recovery_codes").where("person_id", "=", person.id).execute();
  const rows = codes.map((code) => ({
    hash: recoveryDigest(person.id, code),
    person_id: person.id,
    created_at: tx.now,
  }));
  await tx.insertInto("recovery_codes").values(rows).execute();
}

/** Takes a code of the app, or a recovery code. Either works once. @returns whether it was right */
export async function useCode(tx: Tx, factor: SecondFactor, code: string): Promise<boolean> {
  if (factor.confirmed_at === null) return false;
  return (await useStep(tx, factor, code)) || (await useRecoveryCode(tx, { id: factor.person_id }, code));
}

/** Signing in needs the password alone again. */
export async function removeSecondFactor(tx: Tx, person: Whose): Promise<void> {
  await forget(tx, person);
  await record(tx, { kind: "person.second_factor_removed", subject: { kind: "person", id: person.id } });
}

/** For a colleague who has lost the app and the recovery codes; whoever is signed in as them is signed out. */
export async function resetSecondFactor(tx: Tx, _by: Administrator, person: Whose): Promise<void> {
  await forget(tx, person);
  await endSessions(tx, person.id);
  await record(tx, { kind: "person.second_factor_reset", subject: { kind: "person", id: person.id } });
}

async function forget(tx: Tx, person: Whose): Promise<void> {
  await tx.deleteFrom("recovery_codes").where("person_id", "=", person.id).execute();
  await tx.deleteFrom("second_factors").where("person_id", "=", person.id).execute();
}

/** Of two requests with one code the second finds its step used. */
async function useStep(tx: Tx, { person_id, secret }: SecondFactor, code: string): Promise<boolean> {
  const step = stepOf(secret, bare(code), tx.now);
  if (step === undefined) return false;
  const { numUpdatedRows } = await tx
    .updateTable("second_factors")
    .set({ last_step: step })
    .where("person_id", "=", person_id)
    .where("secret", "=", secret)
    .where("last_step", "<", step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function useRecoveryCode(tx: Tx, person: Whose, code: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("recovery_codes")
    .where("hash", "=", recoveryDigest(person.id, code))
    .where("person_id", "=", person.id)
    .executeTakeFirst();
  if (numDeletedRows !== 1n) return false;
  await record(tx, { kind: "person.recovery_code_used", subject: { kind: "person", id: person.id } });
  return true;
}
