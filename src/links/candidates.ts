import type { Reader } from "../access/reader.ts";
import { titleKey } from "../analyzer/analyze.ts";
import { contains } from "../db/portable.ts";
import type { Customer, Page } from "../db/schema.ts";

export type Candidate = Pick<Page, "id" | "title" | "scope_id" | "updated_at"> & { space: string; tagged: boolean };

const MOST_SHOWN = 20;

/** Pages that a customer may be linked to: those whose title holds all of the words, last changed first. */
export async function listCandidates(read: Reader, customer: Pick<Customer, "id">, q: string): Promise<Candidate[]> {
  const words = titleKey(q)
    .split(" ")
    .filter((word) => word !== "");
  const rows = await read
    .selectFrom("visible_pages as page")
    .innerJoin("visible_spaces as space", "space.id", "page.space_id")
    .select(["page.id", "page.title", "page.scope_id", "page.updated_at", "space.name as space"])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("visible_page_customers as tag")
            .select("tag.page_id")
            .whereRef("tag.page_id", "=", "page.id")
            .where("tag.customer_id", "=", customer.id),
        )
        .as("tagged"),
    )
    .where((eb) => eb.and(words.map((word) => contains(eb.ref("page.title_key"), word))))
    .orderBy("page.updated_at", "desc")
    .orderBy("page.id")
    .limit(MOST_SHOWN)
    .execute();
  return rows.map((row) => ({ ...row, tagged: Boolean(row.tagged) }));
}
