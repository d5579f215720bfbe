import { z } from "zod";
import { levelOn } from "../../access/grant.ts";
import { LEVEL_NAMES, levelName } from "../../access/levels.ts";
import type { Reader } from "../../access/reader.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { Page } from "../../db/schema.ts";
import type { T } from "../../i18n/i18n.ts";
import { presentBody } from "../../pages/body.ts";
import { pageUrl } from "../../pages/links/queries.ts";
import { getPageToRead } from "../../pages/queries.ts";
import { listPeopleById } from "../../people/queries.ts";
import { listSpaces } from "../../spaces/queries.ts";
import { htmlOf } from "../../views/safe.ts";
import { maybe } from "../fields.ts";
import { listTagsOf } from "./queries.ts";

const line = {
  id: z.string(),
  url: z.string(),
  space: z.string().describe("Key"),
  parent: maybe.describe("Id of the page above"),
  title: z.string(),
  revision: z.int(),
  customers: z.array(z.string()).describe("Keys"),
  products: z.array(z.string()).describe("Codes"),
  labels: z.array(z.string()),
  author: maybe.describe("Login of who saved it last"),
  created_at: z.string(),
  updated_at: z.string(),
  level: z.enum(LEVEL_NAMES).describe("What you may do with it"),
};

/** A page in a list: all but its text. */
export const pageLine = z.strictObject(line);
export type PageLine = z.infer<typeof pageLine>;

const whole = { ...line, body: z.string().describe("Markdown"), html: z.string() };
export const pageAnswer = z.strictObject(whole);
export const savedAnswer = z.strictObject({
  ...whole,
  merged: z.boolean().describe("Whether changes of somebody else were joined with yours"),
});

/** Pages as the outside reads them in lists, in their order. */
export async function presentPages(read: Reader, viewer: Viewer, pages: Page[]): Promise<PageLine[]> {
  const spaces = new Map((await listSpaces(read)).map(({ id, key }) => [id, key]));
  const people = await listPeopleById(
    read,
    pages.map(({ updated_by }) => updated_by),
  );
  const tags = await listTagsOf(read, pages);
  return pages.map((page) => ({
    id: page.id,
    url: pageUrl(page),
    space: spaces.get(page.space_id) ?? page.space_id,
    parent: page.parent_id,
    title: page.title,
    revision: page.revision,
    ...(tags.get(page.id) ?? { customers: [], products: [], labels: [] }),
    author: people.get(page.updated_by)?.login ?? null,
    created_at: page.created_at,
    updated_at: page.updated_at,
    level: levelName(levelOn(viewer, page)),
  }));
}

/** A whole page: its text, and its HTML with links resolved for this viewer. @throws NotFound */
export async function presentPage(
  reading: { read: Reader; viewer: Viewer; t: T },
  id: string,
): Promise<PageLine & { body: string; html: string }> {
  const { page, revision, rendered } = await getPageToRead(reading.read, id);
  const [shown] = await presentPages(reading.read, reading.viewer, [page]);
  if (!shown) throw new Error("a page is presented as one line");
  return { ...shown, body: revision.body, html: htmlOf(await presentBody(reading, page, rendered)) };
}
