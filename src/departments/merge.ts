import { keepOwnersManaged } from "../access/owners.ts";
import { replaceDepartment } from "../access/principals.ts";
import type { Tx } from "../access/transaction.ts";
import type { Department } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import type { Administrator } from "../people/policy.ts";
import { isWithin, listDepartments } from "./queries.ts";

/**
 * Makes one department of two: people, managers, departments below, permissions and all that `from` owns go to `into`, and
 * `from` is no more. Who is in both keeps the higher role.
 * @throws Invalid, naming `into`, for itself or one below; when something owned would be left without a manager, or with one
 * who is shut out
 */
export async function mergeDepartment(tx: Tx, _by: Administrator, from: Department, into: Department): Promise<void> {
  if (isWithin(await listDepartments(tx.read), into.id, from.id)) throw new Invalid({ into: "departments.mergeBelow" });
  await keepOwnersManaged(tx, "into", async () => {
    await moveMembers(tx, from, into);
    await moveClaims(tx, from, into);
    await tx.updateTable("departments").set({ parent_id: into.id }).where("parent_id", "=", from.id).execute();
    await tx.updateTable("spaces").set({ department_id: into.id }).where("department_id", "=", from.id).execute();
    await tx.updateTable("scopes").set({ department_id: into.id }).where("department_id", "=", from.id).execute();
    await replaceDepartment(tx, from.id, into.id);
    await tx.deleteFrom("departments").where("id", "=", from.id).execute();
  });
  const payload = { key: from.key, name: from.name, into: into.id };
  await record(tx, { kind: "department.merged", subject: { kind: "department", id: from.id }, payload });
  await tx.accessChanged();
}

async function moveMembers(tx: Tx, from: Department, into: Department): Promise<void> {
  const members = await tx.deleteFrom("memberships").where("department_id", "=", from.id).returningAll().execute();
  for (const member of members) {
    const { role } = member;
    await tx
      .insertInto("memberships")
      .values({ ...member, department_id: into.id })
      .onConflict((oc) => {
        const both = oc.columns(["department_id", "person_id"]);
        return role === "manager" ? both.doUpdateSet({ role }) : both.doNothing();
      })
      .execute();
    const payload = { before: { department_id: from.id, role }, after: { department_id: into.id, role } };
    await record(tx, { kind: "membership.set", subject: { kind: "person", id: member.person_id }, payload });
  }
}

/** What single sign-on says about the one is true of the other from now on. */
async function moveClaims(tx: Tx, from: Department, into: Department): Promise<void> {
  const values = await tx.deleteFrom("department_claims").where("department_id", "=", from.id).returningAll().execute();
  const marks = await tx
    .deleteFrom("claimed_memberships")
    .where("department_id", "=", from.id)
    .returningAll()
    .execute();
  const moved = { department_id: into.id };
  for (const row of values)
    await tx
      .insertInto("department_claims")
      .values({ ...row, ...moved })
      .onConflict((oc) => oc.doNothing())
      .execute();
  for (const row of marks)
    await tx
      .insertInto("claimed_memberships")
      .values({ ...row, ...moved })
      .onConflict((oc) => oc.doNothing())
      .execute();
}
