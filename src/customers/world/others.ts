import type { Reader } from "../../access/reader.ts";
import type { Customer } from "../../db/schema.ts";

const AT_ONCE = 500;

/** Those of the pages that are tagged with other customers, as far as the viewer sees their tags. */
export async function listAboutOthers(
  read: Reader,
  customer: Pick<Customer, "id">,
  pages: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let from = 0; from < pages.length; from += AT_ONCE) {
    const rows = await read
      .selectFrom("visible_page_customers")
      .select("page_id")
      .distinct()
      .where("page_id", "in", pages.slice(from, from + AT_ONCE))
      .where("customer_id", "!=", customer.id)
      .orderBy("page_id")
      .execute();
    for (const { page_id } of rows) found.add(page_id);
  }
  return found;
}
