import type { Reader } from "../access/reader.ts";
import { listCustomersById } from "../customers/queries.ts";
import type { Page } from "../db/schema.ts";
import { listTellings } from "../links/queries.ts";

/** Who was given the answer of a page: how many customers, the last of them and when, and how many hold an old answer. */
export type Told = { customers: number; last: string; at: string; old: number };

/** Counts only customers the viewer can see. @returns undefined when it was told to nobody */
export async function findTold(read: Reader, page: Pick<Page, "id" | "revision">): Promise<Told | undefined> {
  const tellings = await listTellings(read, page);
  const [last] = tellings;
  if (!last) return undefined;
  const lastOfEach = [...new Map(tellings.toReversed().map((link) => [link.customer_id, link])).values()];
  const [customers, renderings] = await Promise.all([
    listCustomersById(read, [last.customer_id]),
    listRenderings(read, page, [page.revision, ...lastOfEach.map((link) => link.revision)]),
  ]);
  const customer = customers.get(last.customer_id);
  return {
    customers: lastOfEach.length,
    last: customer?.short_name ?? customer?.name ?? "",
    at: last.created_at,
    old: lastOfEach.filter((link) => renderings.get(link.revision) !== renderings.get(page.revision)).length,
  };
}

/** What the text of each revision is: two of one text have one rendering. */
async function listRenderings(read: Reader, page: Pick<Page, "id">, revisions: number[]): Promise<Map<number, string>> {
  const rows = await read
    .selectFrom("visible_revisions")
    .select(["n", "rendering"])
    .where("page_id", "=", page.id)
    .where("n", "in", [...new Set(revisions)])
    .orderBy("n")
    .execute();
  return new Map(rows.map(({ n, rendering }) => [n, rendering]));
}
