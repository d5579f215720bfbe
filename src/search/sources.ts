import { TRASH_SCOPE } from "../access/scope-names.ts";
import type { Tx } from "../access/transaction.ts";
import type { Db } from "../db/open.ts";
import { RENDER_VERSION, type Rendered } from "../markdown/render.ts";
import { parseIds, renderBody } from "../pages/draft.ts";
import {
  contactDocument,
  customerDocument,
  interactionDocument,
  type Kind,
  pageDocument,
  productDocument,
  type SearchDoc,
} from "./documents.ts";

/** Some rows of one kind in the order of their ids; of pages also their bodies, rendered before any transaction. */
export type Part = { kind: Kind; ids: string[]; rendered: ReadonlyMap<string, Rendered> };

export const AT_ONCE = 200;

/** The rows of a kind behind `after`, hidden ones and trash too; empty at the end. */
export async function listPart(db: Db, kind: Kind, after: string): Promise<Part> {
  const rows = await db
    .selectFrom(TABLES[kind])
    .select("id")
    .where("id", ">", after)
    .orderBy("id")
    .limit(AT_ONCE)
    .execute();
  return partOf(
    db,
    kind,
    rows.map((row) => row.id),
  );
}

/** Rows of one kind by id. */
export const partOf = async (db: Pick<Db, "selectFrom">, kind: Kind, ids: string[]): Promise<Part> => ({
  kind,
  ids,
  rendered: kind === "page" && ids.length > 0 ? await renderPages(db, ids) : new Map(),
});

/** What search should know of these rows, as they are now. A page saved since its body was rendered is left to that save. */
export const documentsOf = (tx: Tx, part: Part): Promise<SearchDoc[]> => DOCUMENTS[part.kind](tx, part);

export const TABLES = {
  page: "pages",
  customer: "customers",
  product: "products",
  contact: "contacts",
  interaction: "interactions",
} as const;

const DOCUMENTS: Record<Kind, (tx: Tx, part: Part) => Promise<SearchDoc[]>> = {
  page: pagesOf,
  customer: async ({ unguarded }, { ids }) =>
    (await unguarded.selectFrom("customers").selectAll().where("id", "in", ids).orderBy("id").execute()).map(
      customerDocument,
    ),
  product: async ({ unguarded }, { ids }) =>
    (await unguarded.selectFrom("products").selectAll().where("id", "in", ids).orderBy("id").execute()).map(
      productDocument,
    ),
  contact: contactsOf,
  interaction: interactionsOf,
};

async function contactsOf({ unguarded }: Tx, { ids }: Part): Promise<SearchDoc[]> {
  const rows = await unguarded
    .selectFrom("contacts as contact")
    .innerJoin("customers as customer", "customer.id", "contact.customer_id")
    .selectAll("contact")
    .select("customer.scope_id")
    .where("contact.id", "in", ids)
    .where("contact.archived_at", "is", null)
    .orderBy("contact.id")
    .execute();
  return rows.map((row) => contactDocument(row, row));
}

async function interactionsOf({ unguarded }: Tx, { ids }: Part): Promise<SearchDoc[]> {
  const rows = await unguarded
    .selectFrom("interactions as said")
    .innerJoin("customers as customer", "customer.id", "said.customer_id")
    .select(["said.id", "said.words", "said.outcome", "customer.scope_id"])
    .where("said.id", "in", ids)
    .orderBy("said.id")
    .execute();
  return rows.map((row) => interactionDocument(row, row));
}

const newestRevisions = (db: Pick<Db, "selectFrom">, ids: string[]) =>
  db
    .selectFrom("pages as page")
    .innerJoin("revisions as revision", (join) =>
      join.onRef("revision.page_id", "=", "page.id").onRef("revision.n", "=", "page.revision"),
    )
    .where("page.id", "in", ids)
    .orderBy("page.id");

async function pagesOf(tx: Tx, { ids, rendered }: Part): Promise<SearchDoc[]> {
  const rows = await newestRevisions(tx.unguarded, ids)
    .select(["page.id", "page.title", "page.scope_id", "page.trashed_at", "revision.labels", "revision.rendering"])
    .execute();
  return rows.flatMap(({ labels, rendering, trashed_at, ...page }) => {
    const body = rendered.get(rendering);
    const scope_id = trashed_at === null ? page.scope_id : TRASH_SCOPE;
    return body ? [pageDocument({ ...page, scope_id }, body, parseIds(labels))] : [];
  });
}

async function renderPages(db: Pick<Db, "selectFrom">, ids: string[]): Promise<Map<string, Rendered>> {
  const rows = await newestRevisions(db, ids)
    .leftJoin("renderings as kept", (join) =>
      join.onRef("kept.hash", "=", "revision.rendering").on("kept.version", "=", RENDER_VERSION),
    )
    .select(["revision.rendering", "revision.body", "kept.rendered"])
    .execute();
  const rendered = new Map<string, Rendered>();
  for (const row of rows)
    rendered.set(row.rendering, row.rendered === null ? await renderBody(row.body) : JSON.parse(row.rendered));
  return rendered;
}
