import type { Reader } from "../../access/reader.ts";
import { customerUrl } from "../../customers/urls.ts";
import { departmentUrl } from "../../departments/urls.ts";
import { pageUrl } from "../../pages/links/queries.ts";
import { spaceUrl } from "../../pages/urls.ts";
import { personUrl } from "../../people/urls.ts";

export type Subject = { kind: string; id: string };
/** `scope_id` is null for what every colleague may see. */
export type Named = { name: string; url: string; scope_id: string | null };

export const subjectKey = ({ kind, id }: Subject): string => `${kind} ${id}`;

/** What the viewer can see of these subjects, by subjectKey; what they cannot see has no name here. */
export async function nameSubjects(read: Reader, subjects: readonly Subject[]): Promise<Map<string, Named>> {
  const found = await Promise.all(
    Object.entries(FINDERS).map(async ([kind, find]) => {
      const ids = subjects.filter((subject) => subject.kind === kind).map((subject) => subject.id);
      const rows = ids.length === 0 ? [] : await find(read, [...new Set(ids)]);
      return rows.map(({ id, ...named }): [string, Named] => [subjectKey({ kind, id }), named]);
    }),
  );
  return new Map(found.flat());
}

type Find = (read: Reader, ids: string[]) => Promise<(Named & { id: string })[]>;

const FINDERS: Record<string, Find> = {
  page: async (read, ids) =>
    (await read.selectFrom("visible_pages").select(["id", "title", "scope_id"]).where("id", "in", ids).execute()).map(
      (row) => ({ ...row, name: row.title, url: pageUrl(row) }),
    ),
  space: async (read, ids) =>
    (
      await read.selectFrom("visible_spaces").select(["id", "key", "name", "scope_id"]).where("id", "in", ids).execute()
    ).map((row) => ({ ...row, url: spaceUrl(row) })),
  scope: async (read, ids) =>
    (
      await read
        .selectFrom("visible_spaces")
        .select(["scope_id as id", "key", "name", "scope_id"])
        .where("scope_id", "in", ids)
        .execute()
    ).map((row) => ({ ...row, url: spaceUrl(row) })),
  customer: async (read, ids) =>
    (
      await read
        .selectFrom("visible_customers")
        .select(["id", "key", "name", "scope_id"])
        .where("id", "in", ids)
        .execute()
    ).map((row) => ({ ...row, url: customerUrl(row) })),
  product: async (read, ids) =>
    (
      await read
        .selectFrom("visible_products")
        .select(["id", "code", "name", "scope_id"])
        .where("id", "in", ids)
        .execute()
    ).map((row) => ({ ...row, url: `/products/${encodeURIComponent(row.code)}` })),
  contact: (read, ids) => ofCustomers(read, "visible_contacts", ids),
  interaction: (read, ids) => ofCustomers(read, "visible_interactions", ids),
  person: async (read, ids) =>
    (await read.selectFrom("people").select(["id", "login", "name"]).where("id", "in", ids).execute()).map((row) => ({
      ...row,
      url: personUrl(row),
      scope_id: null,
    })),
  department: async (read, ids) =>
    (await read.selectFrom("departments").select(["id", "key", "name"]).where("id", "in", ids).execute()).map(
      (row) => ({ ...row, url: departmentUrl(row), scope_id: null }),
    ),
};

/** What belongs to a customer goes by the name of the customer. */
const ofCustomers = async (
  read: Reader,
  view: "visible_contacts" | "visible_interactions",
  ids: string[],
): Promise<(Named & { id: string })[]> =>
  (
    await read
      .selectFrom(view)
      .innerJoin("visible_customers as customer", "customer.id", `${view}.customer_id`)
      .select([`${view}.id`, "customer.name", "customer.scope_id"])
      .where(`${view}.id`, "in", ids)
      .execute()
  ).map((row) => ({ ...row, url: `/${view === "visible_contacts" ? "contacts" : "interactions"}/${row.id}` }));
