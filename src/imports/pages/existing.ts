import type { Reader } from "../../access/reader.ts";
import type { Attachment, Page, Space } from "../../db/schema.ts";

/** What an earlier import left in a space. Sources are paths in the imported folder. */
export type Existing = {
  pages: Map<string, ExistingPage>;
  /** Source → id. */
  trashed: Map<string, string>;
  /** By `fileKey`. */
  files: Map<string, Pick<Attachment, "id" | "hash">>;
};
export type ExistingPage = Pick<Page, "id" | "title" | "revision" | "source_hash">;

export const NOTHING_YET: Existing = { pages: new Map(), trashed: new Map(), files: new Map() };

export const fileKey = (pageId: string, source: string): string => `${pageId} ${source}`;

/** Finds the pages and files of a space that were imported before. */
export const findExisting = async (read: Reader, { id }: Pick<Space, "id">): Promise<Existing> => {
  const pages = await read
    .selectFrom("visible_pages")
    .select(["id", "title", "revision", "source", "source_hash"])
    .where("space_id", "=", id)
    .where("source", "is not", null)
    .orderBy("id")
    .execute();
  return {
    pages: new Map(pages.map((page) => [page.source ?? "", page])),
    trashed: await findTrashed(read, id),
    files: await findFiles(read, id),
  };
};

const findTrashed = async (read: Reader, spaceId: string): Promise<Map<string, string>> => {
  const pages = await read
    .selectFrom("visible_trash")
    .select(["id", "source"])
    .where("space_id", "=", spaceId)
    .where("source", "is not", null)
    .orderBy("id")
    .execute();
  return new Map(pages.map((page) => [page.source ?? "", page.id]));
};

const findFiles = async (read: Reader, spaceId: string): Promise<Existing["files"]> => {
  const files = await read
    .selectFrom("visible_attachments as file")
    .innerJoin("visible_pages as page", "page.id", "file.page_id")
    .select(["file.id", "file.hash", "file.page_id", "file.source"])
    .where("page.space_id", "=", spaceId)
    .where("file.source", "is not", null)
    .orderBy("file.id")
    .execute();
  return new Map(files.map((file) => [fileKey(file.page_id, file.source ?? ""), file]));
};
