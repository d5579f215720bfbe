import { LEVELS } from "../access/levels.ts";
import { mayViewAs } from "../access/view-as.ts";
import type { Viewer } from "../access/viewer.ts";
import { Forbidden, NotFound } from "../errors.ts";

/**
 * The manager's tools are for those who manage a department, or anything in the wiki.
 * @throws NotFound for everybody else
 */
export function refuseOthers(viewer: Viewer): void {
  const managesSomething = viewer.manages.size > 0 || [...viewer.levels.values()].includes(LEVELS.manage);
  if (viewer.kind === "guest" || !managesSomething) throw new NotFound();
}

/** @throws Forbidden for people who are in no department that the viewer manages, and for themselves */
export function refuseOtherTargets(viewer: Viewer, target: Viewer): void {
  if (!mayViewAs(viewer, target)) throw new Forbidden();
}
