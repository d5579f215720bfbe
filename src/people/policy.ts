import { type Allowed, grant } from "../access/grant.ts";
import type { Viewer } from "../access/viewer.ts";
import { NotFound } from "../errors.ts";

export type Administrator = Allowed<Viewer, "administer">;

/** @throws NotFound: administration does not exist for others */
export function administrator(viewer: Viewer): Administrator {
  if (!viewer.isAdmin) throw new NotFound();
  return grant(viewer, "administer");
}
