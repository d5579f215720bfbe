import type { Tx } from "../../access/transaction.ts";
import type { Db } from "../../db/open.ts";
import type { Department, Person, Schema } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { record } from "../../events/record.ts";
import type { Administrator } from "../policy.ts";

export type DepartmentClaim = Pick<Schema["department_claims"], "value"> & { department: string; name: string };

/** Which values of the claim stand for which departments (`department`: its key). */
export const listDepartmentClaims = (db: Pick<Db, "selectFrom">): Promise<DepartmentClaim[]> =>
  db
    .selectFrom("department_claims")
    .innerJoin("departments", "departments.id", "department_claims.department_id")
    .select(["department_claims.value", "departments.key as department", "departments.name"])
    .orderBy("department_claims.value")
    .orderBy("departments.key")
    .execute();

/** The departments that values of the claim stand for. */
export async function departmentsOf(db: Pick<Db, "selectFrom">, values: string[]): Promise<string[]> {
  const rows = await db
    .selectFrom("department_claims")
    .select("department_id")
    .distinct()
    .where("value", "in", ["", ...values])
    .orderBy("department_id")
    .execute();
  return rows.map((row) => row.department_id);
}

/** @throws Invalid when the value stands for this department already */
export async function mapDepartment(
  tx: Tx,
  _by: Administrator,
  { value, department }: { value: string; department: Pick<Department, "id"> },
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("department_claims")
    .values({ value, department_id: department.id, created_at: tx.now })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new Invalid({ value: "signIn.mappedAlready" });
  await recordMapping(tx, "department.claim_mapped", { value, department });
}

/** Memberships that came of it end when their people sign in next. */
export async function unmapDepartment(
  tx: Tx,
  _by: Administrator,
  { value, department }: { value: string; department: Pick<Department, "id"> },
): Promise<void> {
  await tx
    .deleteFrom("department_claims")
    .where("value", "=", value)
    .where("department_id", "=", department.id)
    .execute();
  await recordMapping(tx, "department.claim_unmapped", { value, department });
}

/**
 * Makes somebody a member of the departments that the provider vouches for, and ends such memberships that it no longer does.
 * Who was put somewhere by hand, or manages it, stays.
 * @param departmentIds all that the claim stands for now
 */
export async function claimDepartments(tx: Tx, person: Pick<Person, "id">, departmentIds: string[]): Promise<void> {
  const left = await leaveOthers(tx, person, departmentIds);
  const joined = await join(tx, person, departmentIds);
  if (left.length === 0 && joined.length === 0) return;
  const subject = { kind: "person", id: person.id };
  await record(tx, { kind: "membership.claimed", subject, payload: { joined, left } });
  await tx.accessChanged();
}

async function leaveOthers(tx: Tx, { id }: Pick<Person, "id">, departmentIds: string[]): Promise<string[]> {
  const marks = await tx
    .deleteFrom("claimed_memberships")
    .where("person_id", "=", id)
    .where("department_id", "not in", ["", ...departmentIds])
    .returning("department_id")
    .execute();
  const ended = await tx
    .deleteFrom("memberships")
    .where("person_id", "=", id)
    .where("department_id", "in", ["", ...marks.map((mark) => mark.department_id)])
    .where("role", "=", "member")
    .returning("department_id")
    .execute();
  return ended.map((row) => row.department_id).sort();
}

async function join(tx: Tx, { id: person_id }: Pick<Person, "id">, departmentIds: string[]): Promise<string[]> {
  if (departmentIds.length === 0) return [];
  const rows = departmentIds.map((department_id) => ({ department_id, person_id, created_at: tx.now }));
  const made = await tx
    .insertInto("memberships")
    .values(rows.map((row) => ({ ...row, role: "member" as const })))
    .onConflict((oc) => oc.columns(["department_id", "person_id"]).doNothing())
    .returning("department_id")
    .execute();
  const joined = made.map((row) => row.department_id);
  const marks = rows.filter((row) => joined.includes(row.department_id));
  if (marks.length > 0)
    await tx
      .insertInto("claimed_memberships")
      .values(marks)
      .onConflict((oc) => oc.doNothing())
      .execute();
  return joined.sort();
}

const recordMapping = (
  tx: Tx,
  kind: string,
  { value, department }: { value: string; department: Pick<Department, "id"> },
): Promise<void> => record(tx, { kind, subject: { kind: "department", id: department.id }, payload: { value } });
