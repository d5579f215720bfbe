import type { Reader } from "../access/reader.ts";
import type { Page } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

/**
 * The scope a page would have without permissions of its own: that of the page above it, else of its space.
 * @throws NotFound when the viewer cannot see what is above
 */
export async function getOuterScope(read: Reader, page: Pick<Page, "parent_id" | "space_id">): Promise<string> {
  const outer =
    page.parent_id === null
      ? read.selectFrom("visible_spaces").select("scope_id").where("id", "=", page.space_id)
      : read.selectFrom("visible_pages").select("scope_id").where("id", "=", page.parent_id);
  const found = await outer.executeTakeFirst();
  if (!found) throw new NotFound();
  return found.scope_id;
}
