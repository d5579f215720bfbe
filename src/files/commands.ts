import type { Allowed } from "../access/grant.ts";
import type { Tx } from "../access/transaction.ts";
import type { Attachment, Page } from "../db/schema.ts";
import { record } from "../events/record.ts";
import { refuseArchived } from "../spaces/queries.ts";
import type { StoredFile } from "./storage.ts";

/** `source`: path in the folder it was imported from. `id` is given where a text names the file before it is attached. */
export type AttachmentDraft = { name: string; stored: StoredFile; source?: string; id?: string };

/** Attaches a stored file to a page; who sees the page sees the file. */
export const attachFile = async (tx: Tx, page: Allowed<Page, "edit">, draft: AttachmentDraft): Promise<Attachment> => {
  await refuseArchived(tx.read, page.space_id);
  const attachment: Attachment = {
    ...draft.stored,
    id: draft.id ?? tx.newId(),
    page_id: page.id,
    name: plainName(draft.name),
    source: draft.source ?? null,
    created_at: tx.now,
    created_by: tx.viewer.id,
  };
  await tx.insertInto("attachments").values(attachment).execute();
  await record(tx, { kind: "file.attached", subject: { kind: "page", id: page.id }, payload: { file: attachment.id } });
  return attachment;
};

/** Puts other bytes in the place of an attachment: texts that name it show the new ones. */
export const replaceFile = async (
  tx: Tx,
  page: Allowed<Page, "edit">,
  file: Pick<Attachment, "id">,
  stored: StoredFile,
) => {
  await refuseArchived(tx.read, page.space_id);
  await tx.updateTable("attachments").set(stored).where("id", "=", file.id).where("page_id", "=", page.id).execute();
  await record(tx, { kind: "file.replaced", subject: { kind: "page", id: page.id }, payload: { file: file.id } });
};

/** Takes a file off its page; what was written with it stays in the history, without the file. */
export const removeFile = async (tx: Tx, page: Allowed<Page, "edit">, file: Pick<Attachment, "id">): Promise<void> => {
  await refuseArchived(tx.read, page.space_id);
  await tx.deleteFrom("attachments").where("id", "=", file.id).where("page_id", "=", page.id).execute();
  await record(tx, { kind: "file.removed", subject: { kind: "page", id: page.id }, payload: { file: file.id } });
};

const plainName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}/\\]+/gu, " ")
    .trim()
    .slice(-200) || "file";
