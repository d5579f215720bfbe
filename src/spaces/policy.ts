import { type Allowed, allow, grant } from "../access/grant.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Department, Space } from "../db/schema.ts";
import { Forbidden } from "../errors.ts";

export type Managed = Allowed<Department, "manage">;

/**
 * Only managers of a department may open spaces in its name.
 * @throws Forbidden
 */
export function departmentToManage(viewer: Viewer, department: Department): Managed {
  if (!viewer.manages.has(department.id)) throw new Forbidden();
  return grant(department, "manage");
}

export const spaceToManage = (viewer: Viewer, space: Space): Allowed<Space, "manage"> => allow(viewer, space, "manage");
