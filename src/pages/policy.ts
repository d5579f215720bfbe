import { type Allowed, allow, atLeast } from "../access/grant.ts";
import type { Branch } from "../access/subtree.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Page, Space } from "../db/schema.ts";
import type { Rule } from "../errors.ts";

/** Where a page can hang: in a space, or below another page. */
export type Place = Space | Page;

/** Proofs that the viewer may change a page, or what is below it. @throws Forbidden */
export const pageToEdit = (viewer: Viewer, page: Page): Allowed<Page, "edit"> => allow(viewer, page, "edit");
export const pageToManage = (viewer: Viewer, page: Page): Allowed<Page, "manage"> => allow(viewer, page, "manage");

/** Proof that the viewer may put pages there. @throws Forbidden */
export const placeToFill = (viewer: Viewer, place: Place): Allowed<Place, "edit"> => allow(viewer, place, "edit");

export const canEdit = (viewer: Viewer, row: { scope_id: string }): boolean => atLeast(viewer, row, "edit");
export const canManage = (viewer: Viewer, row: { scope_id: string }): boolean => atLeast(viewer, row, "manage");

const TITLES_NAMED = 3;

/** Says which pages below are in the way; the viewer sees all of them. */
export const belowRefused = ({ refused }: Branch): Rule => [
  "pages.belowRefused",
  {
    count: refused.length,
    titles: refused
      .slice(0, TITLES_NAMED)
      .map(({ title }) => `“${title}”`)
      .join(" "),
  },
];
