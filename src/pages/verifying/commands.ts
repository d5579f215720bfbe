import type { Allowed } from "../../access/grant.ts";
import type { Tx } from "../../access/transaction.ts";
import type { Page } from "../../db/schema.ts";
import { record } from "../../events/record.ts";
import { Stale } from "../commands.ts";

/**
 * Says in the viewer's name that a page is right as it stands in this revision.
 * @param reviewAt the day on which to look at it again, e.g. `2027-05-01`
 * @throws Stale when there is a newer revision by now: nobody verifies what they have not read
 */
export async function verifyPage(
  tx: Tx,
  page: Allowed<Page, "edit">,
  { revision, reviewAt }: { revision: number; reviewAt: string },
): Promise<void> {
  if (page.revision !== revision) throw new Stale();
  await tx
    .updateTable("pages")
    .set({ verified_at: tx.now, verified_by: tx.viewer.id, review_at: reviewAt })
    .where("id", "=", page.id)
    .execute();
  const subject = { kind: "page", id: page.id };
  await record(tx, { kind: "page.verified", subject, payload: { revision, review_at: reviewAt } });
}

/** Takes back that a page is right. */
export async function unverifyPage(tx: Tx, page: Allowed<Page, "edit">): Promise<void> {
  await tx
    .updateTable("pages")
    .set({ verified_at: null, verified_by: null, review_at: null })
    .where("id", "=", page.id)
    .execute();
  await record(tx, { kind: "page.unverified", subject: { kind: "page", id: page.id } });
}
