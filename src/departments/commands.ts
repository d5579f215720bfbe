import type { Tx } from "../access/transaction.ts";
import type { Department } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import type { Administrator } from "../people/policy.ts";
import { findDepartment } from "./queries.ts";

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
