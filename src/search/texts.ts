import type { Reader } from "../access/reader.ts";
import { RENDER_VERSION, type Rendered } from "../markdown/render.ts";
import { getRevision } from "../pages/history/queries.ts";
import { getRendering } from "../pages/rendering.ts";

/** What a page says as it is today, and what of it may be told to customers. */
export type PageWords = { text: string; say: string };

/** The plain words of pages by page id. */
export async function listPageTexts(read: Reader, ids: readonly string[]): Promise<Map<string, PageWords>> {
  const rows = await read
    .selectFrom("visible_pages as page")
    .innerJoin("visible_revisions as revision", (join) =>
      join.onRef("revision.page_id", "=", "page.id").onRef("revision.n", "=", "page.revision"),
    )
    .leftJoin("renderings as kept", (join) =>
      join.onRef("kept.hash", "=", "revision.rendering").on("kept.version", "=", RENDER_VERSION),
    )
    .select(["page.id", "page.revision", "kept.rendered"])
    .where("page.id", "in", ids)
    .orderBy("page.id")
    .execute();
  const texts = new Map<string, PageWords>();
  for (const { id, revision, rendered } of rows) {
    const kept: Pick<Rendered, "text" | "sayBlocks"> =
      rendered === null ? await getRendering(read, await getRevision(read, { id }, revision)) : JSON.parse(rendered);
    texts.set(id, { text: kept.text, say: kept.sayBlocks.join("\n\n") });
  }
  return texts;
}
