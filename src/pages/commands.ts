import type { Allowed } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import { titleKey } from "../analyzer/analyze.ts";
import type { Page, Revision } from "../db/schema.ts";
import { Conflict } from "../errors.ts";
import { record } from "../events/record.ts";
import { pageDocument } from "../search/documents.ts";
import { index } from "../search/index.ts";
import { refuseArchived } from "../spaces/queries.ts";
import { parseIds, type RenderedDraft } from "./draft.ts";
import { getRevision } from "./history/queries.ts";
import { replaceLinks } from "./links/commands.ts";
import type { Place } from "./policy.ts";
import { joinTags, replaceTags, type Tags } from "./tags.ts";
import { nextPosition } from "./tree/queries.ts";

/** The page has a newer revision than the one a draft was made from, or is gone. */
export class Stale extends Conflict {
  constructor() {
    super("Someone saved this page while you were writing.");
  }
}

/**
 * Writes the first revision of a page in a space or below a page, and everything derived from it, at once. Customers
 * and products that the viewer cannot see are not taken from them.
 */
export async function createPage(tx: Tx, parent: Allowed<Place, "edit">, draft: RenderedDraft): Promise<Page> {
  const parentPage = "space_id" in parent ? parent : undefined;
  const space_id = parentPage?.space_id ?? parent.id;
  const by = writtenBy(tx, draft);
  const page: Page = {
    id: draft.origin?.id ?? tx.newId(),
    space_id,
    parent_id: parentPage?.id ?? null,
    scope_id: parent.scope_id,
    position: await nextPosition(tx.read, { space_id, parent_id: parentPage?.id ?? null }),
    title: draft.title,
    title_key: titleKey(draft.title),
    revision: 0,
    owner_id: by.author,
    source: draft.origin?.source ?? null,
    source_hash: draft.origin?.sourceHash ?? null,
    verified_at: null,
    verified_by: null,
    review_at: null,
    created_at: by.at,
    created_by: by.author,
    updated_at: by.at,
    updated_by: by.author,
    trashed_at: null,
    trashed_by: null,
    trashed_with: null,
  };
  await tx.insertInto("pages").values(page).execute();
  const tags = await joinTags(tx.read, draft, { customers: "[]", products: "[]" });
  const saved = await addRevision(tx, page, { ...draft, ...tags, restoredFrom: null });
  await record(tx, { kind: "page.created", subject: { kind: "page", id: page.id } });
  return saved;
}

/**
 * Writes the next revision of a page; a draft that changes nothing writes none. Tags the viewer cannot see stay.
 * @param draft.base the revision the draft was made from
 * @throws Stale when there is a newer one by now: merge (`saving.ts`) and try again
 */
export async function revisePage(
  tx: Tx,
  page: Allowed<Page, "edit">,
  draft: RenderedDraft & { base: number; restoredFrom?: number },
): Promise<Page> {
  const before = await getRevision(tx.read, page, draft.base);
  const tags = await joinTags(tx.read, draft, before);
  if (isSame(before, { ...draft, ...tags })) return page;
  const saved = await addRevision(
    tx,
    { ...page, ...verifiedStill(before, draft), revision: draft.base },
    { ...draft, ...tags, restoredFrom: draft.restoredFrom ?? null },
  );
  await tx.deleteFrom("renderings").where("hash", "=", before.rendering).where("hash", "!=", draft.rendering).execute();
  await record(tx, {
    kind: "page.revised",
    subject: { kind: "page", id: page.id },
    payload: { revision: saved.revision, ...(draft.restoredFrom ? { restoredFrom: draft.restoredFrom } : {}) },
  });
  return saved;
}

/** Makes an old revision the newest one again, tags included; `draft` is that revision, rendered. @throws Stale */
export const restoreRevision = (
  tx: Tx,
  page: Allowed<Page, "edit">,
  draft: RenderedDraft & { base: number; restoredFrom: number },
): Promise<Page> => revisePage(tx, page, draft);

/** Who verified a page verified its text: a new one is not, though it is remembered that the old one was. */
const verifiedStill = (before: Revision, draft: RenderedDraft) =>
  before.rendering === draft.rendering ? {} : { verified_at: null, review_at: null };

type Writing = RenderedDraft & { restoredFrom: number | null };

async function addRevision(tx: Tx, page: Page, draft: Writing): Promise<Page> {
  await refuseArchived(tx.read, page.space_id);
  const saved = await advance(tx, page, draft);
  await insertRevision(tx, saved, draft);
  await rememberTitle(tx, saved);
  await replaceTags(tx, saved, draft);
  await replaceLinks(tx, saved, draft.rendered);
  await keepRendering(tx, draft);
  const doc = pageDocument(saved, draft.rendered, draft.labels);
  if (draft.toIndex) draft.toIndex.set(saved.id, doc);
  else await index(tx, doc);
  return saved;
}

/** Of all who want to write revision n + 1 exactly one finds the page at n. */
async function advance(tx: Tx, page: Page, draft: Writing): Promise<Page> {
  const { author, at } = writtenBy(tx, draft);
  const changed = {
    title: draft.title,
    title_key: titleKey(draft.title),
    revision: page.revision + 1,
    updated_at: at,
    updated_by: author,
    verified_at: page.verified_at,
    review_at: page.review_at,
    ...(draft.origin ? { source: draft.origin.source, source_hash: draft.origin.sourceHash } : {}),
  };
  const updated = await tx
    .updateTable("pages")
    .set(changed)
    .where("id", "=", page.id)
    .where("revision", "=", page.revision)
    .where("trashed_at", "is", null)
    .returningAll()
    .executeTakeFirst();
  if (!updated) throw new Stale();
  return updated;
}

async function insertRevision(tx: Tx, page: Page, draft: Writing): Promise<void> {
  await tx
    .insertInto("revisions")
    .values({
      page_id: page.id,
      n: page.revision,
      title: draft.title,
      body: draft.body,
      customers: JSON.stringify(draft.customers),
      products: JSON.stringify(draft.products),
      labels: JSON.stringify(draft.labels),
      summary: draft.summary,
      author_id: page.updated_by,
      created_at: page.updated_at,
      rendering: draft.rendering,
      restored_from: draft.restoredFrom,
    })
    .execute();
}

/** A page answers to every title it ever had. */
async function rememberTitle(tx: Tx, page: Page): Promise<void> {
  await tx
    .insertInto("page_titles")
    .values({ page_id: page.id, space_id: page.space_id, title_key: page.title_key, since: page.updated_at })
    .onConflict((conflict) => conflict.columns(["page_id", "title_key"]).doUpdateSet({ since: page.updated_at }))
    .execute();
}

async function keepRendering(tx: Tx, { rendering, rendered }: Writing): Promise<void> {
  const row = { version: rendered.version, rendered: JSON.stringify(rendered) };
  await tx
    .insertInto("renderings")
    .values({ hash: rendering, ...row })
    .onConflict((conflict) => conflict.column("hash").doUpdateSet(row))
    .execute();
}

const writtenBy = (tx: Tx, { origin }: RenderedDraft): { author: string; at: string } => ({
  author: origin?.author ?? tx.viewer.id,
  at: origin?.at ?? tx.now,
});

const isSame = (before: Revision, draft: RenderedDraft & Tags): boolean =>
  before.title === draft.title &&
  before.body === draft.body &&
  sameTexts(parseIds(before.labels), draft.labels) &&
  sameTexts(parseIds(before.customers), draft.customers) &&
  sameTexts(parseIds(before.products), draft.products);

const sameTexts = (one: string[], other: string[]): boolean =>
  one.length === other.length && new Set([...one, ...other]).size === new Set(one).size;
