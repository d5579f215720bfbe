import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Page } from "../db/schema.ts";

/** An answer that a customer was given: the revision they know, and the newest. `old`: the page no longer gives it. */
export type HeldAnswer = {
  id: string;
  page_id: string;
  title: string;
  revision: number;
  newest: number;
  at: string;
  person: string;
  contact: string | null;
  customer_id: string;
  customer_key: string;
  customer_name: string;
  customer_scope: string;
  old: boolean;
};

/** Old answers held by the customers of a person, or given by pages that this person looks after; last told first. */
export async function listOldAnswers(read: Reader, person: Pick<Viewer, "id">): Promise<HeldAnswer[]> {
  const [ofCustomers, ofPages] = await Promise.all([
    tellings(read).where("customer.owner_id", "=", person.id).execute(),
    tellings(read).where("page.owner_id", "=", person.id).execute(),
  ]);
  const rows = new Map([...ofCustomers, ...ofPages].map((row) => [row.id, row]));
  return lastOfEach([...rows.values()].sort(lastFirst)).filter((answer) => answer.old);
}

/** What each customer knows of a page: those who hold an old answer first, then by the time of telling, last first. */
export async function listHeldAnswers(read: Reader, page: Pick<Page, "id">): Promise<HeldAnswer[]> {
  const answers = lastOfEach(await tellings(read).where("page.id", "=", page.id).execute());
  return answers.sort((a, b) => Number(b.old) - Number(a.old));
}

const tellings = (read: Reader) =>
  read
    .selectFrom("visible_customers as customer")
    .innerJoin("visible_knowledge_links as link", "link.customer_id", "customer.id")
    .innerJoin("visible_pages as page", "page.id", "link.page_id")
    .innerJoin("visible_revisions as said", (join) =>
      join.onRef("said.page_id", "=", "link.page_id").onRef("said.n", "=", "link.revision"),
    )
    .innerJoin("visible_revisions as now", (join) =>
      join.onRef("now.page_id", "=", "page.id").onRef("now.n", "=", "page.revision"),
    )
    .innerJoin("people", "people.id", "link.created_by")
    .leftJoin("visible_contacts as contact", "contact.id", "link.target_id")
    .select(["link.id", "link.page_id", "link.revision", "link.created_at as at", "page.title"])
    .select(["page.revision as newest", "people.name as person", "contact.name as contact"])
    .select(["said.rendering as said", "now.rendering as now", "customer.scope_id as customer_scope"])
    .select(["customer.id as customer_id", "customer.key as customer_key", "customer.name as customer_name"])
    .where("customer.archived_at", "is", null)
    .where("link.relation", "in", ["told", "sent"])
    .orderBy("link.created_at", "desc")
    .orderBy("link.id");

type Row = Omit<HeldAnswer, "old"> & { said: string; now: string };

const lastFirst = (a: Row, b: Row): number => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1);

/** Of each customer and page the last telling counts: who was told the new text no longer holds the old one. */
function lastOfEach(rows: readonly Row[]): HeldAnswer[] {
  const last = new Map<string, Row>();
  for (const row of rows) {
    const of = `${row.customer_id} ${row.page_id}`;
    if (!last.has(of)) last.set(of, row);
  }
  return [...last.values()].map(({ said, now, ...answer }) => ({ ...answer, old: said !== now }));
}
