import { findDepartmentViewer } from "../access/view-as.ts";
import { findViewer, type Viewer } from "../access/viewer.ts";
import { getDepartment } from "../departments/queries.ts";
import { NotFound } from "../errors.ts";
import type { Ctx } from "../http/route.ts";
import { getPerson } from "../people/queries.ts";
import { departmentAskedUrl, personAskedUrl } from "./urls.ts";
import type { Target } from "./view-as.ts";

/** Somebody about whom is asked what they can see: `viewer` is how they see it themselves. */
export type Asked = Target & { name: string; url: string; viewer: Viewer };

type Around = Pick<Ctx, "read" | "deps" | "now">;

/** @throws NotFound for a login that nobody has, and for people who have left */
export async function getPersonAsked({ read, deps, now }: Around, login: string): Promise<Asked> {
  const { id, name } = await getPerson(read, login);
  const viewer = await findViewer(deps.db, id, { now });
  if (!viewer) throw new NotFound();
  return { kind: "person", id, name, url: personAskedUrl({ login }), viewer };
}

/** @throws NotFound */
export async function getDepartmentAsked({ read, deps }: Around, key: string): Promise<Asked> {
  const { id, name } = await getDepartment(read, key);
  const viewer = await findDepartmentViewer(deps.db, id);
  if (!viewer) throw new NotFound();
  return { kind: "department", id, name, url: departmentAskedUrl({ key }), viewer };
}
