import { keepOwnersManaged } from "../access/owners.ts";
import type { Tx } from "../access/transaction.ts";
import type { Department, Person } from "../db/schema.ts";
import { Forbidden, Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import type { Administrator } from "../people/policy.ts";
import type { Staffed } from "./policy.ts";
import { findDepartment, isWithin, listDepartments } from "./queries.ts";

export type DepartmentDraft = Pick<Department, "key" | "name" | "parent_id">;

/** @throws Invalid when the key is taken */
export async function createDepartment(tx: Tx, _by: Administrator, draft: DepartmentDraft): Promise<Department> {
  if (await findDepartment(tx.read, draft.key)) throw new Invalid({ key: "departments.keyTaken" });
  const department: Department = { ...draft, id: tx.newId(), created_at: tx.now };
  await tx.insertInto("departments").values(department).execute();
  await record(tx, { kind: "department.created", subject: { kind: "department", id: department.id } });
  await tx.accessChanged();
  return department;
}

/**
 * Renames a department or hangs it below another one; its people gain and lose what the ones above have.
 * @throws Invalid for a circle, or when a department that owns something would be left without a manager
 */
export async function changeDepartment(
  tx: Tx,
  _by: Administrator,
  department: Department,
  to: Pick<Department, "name" | "parent_id">,
): Promise<void> {
  const departments = await listDepartments(tx.read);
  if (to.parent_id !== null && isWithin(departments, to.parent_id, department.id))
    throw new Invalid({ parent: "departments.circle" });
  await keepOwnersManaged(tx, "parent", () =>
    tx.updateTable("departments").set(to).where("id", "=", department.id).execute(),
  );
  const { name, parent_id } = department;
  const payload = { before: { name, parent_id }, after: to };
  await record(tx, { kind: "department.changed", subject: { kind: "department", id: department.id }, payload });
  await tx.accessChanged();
}

/** Makes someone a member of a department; whoever manages it stays its manager. */
export async function addMember(tx: Tx, department: Staffed, person: Pick<Person, "id">): Promise<void> {
  await tx
    .insertInto("memberships")
    .values({ department_id: department.id, person_id: person.id, role: "member", created_at: tx.now })
    .onConflict((oc) => oc.columns(["department_id", "person_id"]).doNothing())
    .execute();
  const payload = { department_id: department.id, person_id: person.id, role: "member" };
  await record(tx, { kind: "membership.set", subject: { kind: "person", id: person.id }, payload });
  await tx.accessChanged();
}

/**
 * Takes someone out of a department.
 * @throws Forbidden for its managers, whom only an administrator appoints and dismisses
 * @throws Invalid when the department owns something and would be left without a manager
 */
export async function removeMember(tx: Tx, department: Staffed, person: Pick<Person, "id">): Promise<void> {
  const membership = await tx.read
    .selectFrom("memberships")
    .select("role")
    .where("department_id", "=", department.id)
    .where("person_id", "=", person.id)
    .executeTakeFirst();
  if (membership?.role === "manager" && !tx.viewer.isAdmin) throw new Forbidden();
  await keepOwnersManaged(tx, "person", () =>
    tx
      .deleteFrom("memberships")
      .where("department_id", "=", department.id)
      .where("person_id", "=", person.id)
      .execute(),
  );
  const payload = { department_id: department.id, person_id: person.id, role: null };
  await record(tx, { kind: "membership.set", subject: { kind: "person", id: person.id }, payload });
  await tx.accessChanged();
}
