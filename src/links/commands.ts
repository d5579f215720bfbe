import type { Allowed } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import type { KnowledgeLink, Page } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import type { LinkTarget } from "./policy.ts";

export type LinkDraft = {
  page: Allowed<Page, "view">;
  /** The revision that was read or told; default: the current one. */
  revision?: number | undefined;
  target: LinkTarget;
  relation: KnowledgeLink["relation"];
};

/**
 * Ties a page, as it is at a revision, to a customer, contact, interaction or product.
 * @returns the link; said twice, it is the one that was there
 * @throws Invalid when the page has no such revision
 */
export async function linkKnowledge(tx: Tx, draft: LinkDraft): Promise<KnowledgeLink> {
  const revision = draft.revision ?? draft.page.revision;
  if (revision < 1 || revision > draft.page.revision) throw new Invalid({ revision: "links.noRevision" });
  const link: KnowledgeLink = {
    id: tx.newId(),
    page_id: draft.page.id,
    revision,
    ...endOf(draft.target),
    relation: draft.relation,
    created_at: tx.now,
    created_by: tx.viewer.id,
  };
  const before = await findSame(tx, link);
  if (before) return before;
  await tx.insertInto("knowledge_links").values(link).execute();
  await record(tx, happened("linked", link));
  return link;
}

/** @param _target the end of the link, as proof; see targetToEdit */
export async function unlinkKnowledge(tx: Tx, link: KnowledgeLink, _target: LinkTarget): Promise<void> {
  await tx.deleteFrom("knowledge_links").where("id", "=", link.id).execute();
  await record(tx, happened("unlinked", link));
}

function endOf(target: LinkTarget): Pick<KnowledgeLink, "target_kind" | "target_id" | "customer_id"> {
  if (target.kind === "product") return { target_kind: "product", target_id: target.product.id, customer_id: null };
  const target_id = target.kind === "customer" ? target.customer.id : target.id;
  return { target_kind: target.kind, target_id, customer_id: target.customer.id };
}

const findSame = (tx: Tx, link: KnowledgeLink): Promise<KnowledgeLink | undefined> =>
  tx.read
    .selectFrom("visible_knowledge_links")
    .selectAll()
    .where("page_id", "=", link.page_id)
    .where("revision", "=", link.revision)
    .where("target_kind", "=", link.target_kind)
    .where("target_id", "=", link.target_id)
    .where("relation", "=", link.relation)
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();

const happened = (what: string, link: KnowledgeLink) => ({
  kind: `knowledge.${what}`,
  subject: { kind: "page", id: link.page_id },
  payload: { relation: link.relation, revision: link.revision, [link.target_kind]: link.target_id },
});
