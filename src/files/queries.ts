import type { Reader } from "../access/reader.ts";
import type { Attachment, Page } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

/** @throws NotFound: also for a file of a page the viewer cannot see */
export const getAttachment = async (read: Reader, id: string): Promise<Attachment> => {
  const found = await read.selectFrom("visible_attachments").selectAll().where("id", "=", id).executeTakeFirst();
  if (!found) throw new NotFound();
  return found;
};

/** The files of a page, by name. */
export const listAttachments = (read: Reader, page: Pick<Page, "id">): Promise<Attachment[]> =>
  read
    .selectFrom("visible_attachments")
    .selectAll()
    .where("page_id", "=", page.id)
    .orderBy("name")
    .orderBy("id")
    .execute();
