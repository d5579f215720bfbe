import type { Reader } from "../../access/reader.ts";
import { customerUrl } from "../../customers/urls.ts";
import { departmentUrl } from "../../departments/urls.ts";
import { pageUrl } from "../../pages/links/queries.ts";
import { personUrl } from "../../people/urls.ts";
import { spaceUrl } from "../../spaces/urls.ts";

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
  contact: async (read, ids) =>
    (
      await read
        .selectFrom("visible_contacts as contact")
        .innerJoin("visible_customers as customer", "customer.id", "contact.customer_id")
        .select(["contact.id", "customer.name", "customer.scope_id"])
        .where("contact.id", "in", ids)
        .execute()
    ).map((row) => ({ ...row, url: `/contacts/${row.id}` })),
  interaction: async (read, ids) =>
    (
      await read
        .selectFrom("visible_interactions as said")
        .innerJoin("visible_customers as customer", "customer.id", "said.customer_id")
        .select(["said.id", "said.words", "customer.name", "customer.scope_id"])
        .where("said.id", "in", ids)
        .execute()
    ).map(({ words, ...row }) => ({
      ...row,
      name: `${row.name} · ${words.slice(0, WORDS_SHOWN)}`,
      url: `/interactions/${row.id}`,
    })),
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

/** The first words of what was said, so that it is recognized. */
const WORDS_SHOWN = 60;
