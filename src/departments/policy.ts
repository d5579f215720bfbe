import { type Allowed, grant } from "../access/grant.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Department } from "../db/schema.ts";
import { Forbidden, NotFound } from "../errors.ts";

export type Staffed = Allowed<Department, "staff">;

/** Who belongs to a department is said by its managers, those of the departments above it, and administrators. */
export const canStaff = (viewer: Viewer, department: Pick<Department, "id">): boolean =>
  viewer.isAdmin || viewer.manages.has(department.id);

/** @throws Forbidden */
export function departmentToStaff(viewer: Viewer, department: Department): Staffed {
  if (!canStaff(viewer, department)) throw new Forbidden();
  return grant(department, "staff");
}

/**
 * The company's own structure is for colleagues.
 * @throws NotFound for guests
 */
export function refuseGuest(viewer: Viewer): void {
  if (viewer.kind === "guest") throw new NotFound();
}
