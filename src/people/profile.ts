import type { Reader } from "../access/reader.ts";
import type { Customer, Page, Revision, Space } from "../db/schema.ts";

export type Edit = Pick<Page, "id" | "title"> &
  Pick<Revision, "n" | "summary" | "created_at"> & { space: Space["name"] };

/** What someone changed last, of the pages the viewer can see; several edits of one page count once. */
export async function listRecentEdits(read: Reader, personId: string, limit: number): Promise<Edit[]> {
  const edits = await read
    .selectFrom("visible_revisions as r")
    .innerJoin("visible_pages as p", "p.id", "r.page_id")
    .innerJoin("visible_spaces as s", "s.id", "p.space_id")
    .select(["p.id", "p.title", "r.n", "r.summary", "r.created_at", "s.name as space"])
    .where("r.author_id", "=", personId)
    .orderBy("r.created_at", "desc")
    .orderBy("p.id")
    .limit(limit * SEVERAL)
    .execute();
  const seen = new Set<string>();
  return edits.filter((edit) => !seen.has(edit.id) && seen.add(edit.id)).slice(0, limit);
}

/** Room for pages that were saved several times in a row. */
const SEVERAL = 5;

export type OwnedCustomer = Pick<Customer, "id" | "key" | "name" | "tier">;

/** The customers that someone takes care of, as far as the viewer can see them. */
export const listOwnedCustomers = (read: Reader, personId: string): Promise<OwnedCustomer[]> =>
  read
    .selectFrom("visible_customers")
    .select(["id", "key", "name", "tier"])
    .where("owner_id", "=", personId)
    .where("archived_at", "is", null)
    .orderBy("key")
    .orderBy("id")
    .execute();
