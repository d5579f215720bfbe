import type { Reader } from "../../access/reader.ts";
import { RENDER_VERSION, type Rendered } from "../../markdown/render.ts";
import { getRevision } from "../../pages/history/queries.ts";
import { getRendering } from "../../pages/rendering.ts";
import type { PageItem } from "./item.ts";

/** What a page says: its words, what may be told of it, and its labels. */
export type PageText = { text: string; say: string; labels: string[] };

const AT_ONCE = 200;

/** The words of pages by page id. Those not kept in the version of today are rendered now. */
export async function loadTexts(read: Reader, pages: readonly PageItem[]): Promise<Map<string, PageText>> {
  const texts = new Map<string, PageText>();
  for (let from = 0; from < pages.length; from += AT_ONCE) {
    const some = pages.slice(from, from + AT_ONCE);
    const [kept, labels] = await Promise.all([listRenderings(read, some), listLabels(read, some)]);
    for (const page of some) {
      const rendered = kept.get(page.rendering) ?? (await renderNow(read, page));
      texts.set(page.id, {
        text: rendered.text,
        say: rendered.sayBlocks.join("\n\n"),
        labels: labels.get(page.id) ?? [],
      });
    }
  }
  return texts;
}

async function listRenderings(read: Reader, pages: readonly PageItem[]): Promise<Map<string, Rendered>> {
  const rows = await read
    .selectFrom("renderings")
    .select(["hash", "rendered"])
    .where("hash", "in", [...new Set(pages.map((page) => page.rendering))])
    .where("version", "=", RENDER_VERSION)
    .orderBy("hash")
    .execute();
  return new Map(rows.map((row) => [row.hash, JSON.parse(row.rendered)]));
}

const renderNow = async (read: Reader, page: PageItem): Promise<Rendered> =>
  getRendering(read, await getRevision(read, page, page.revision));

async function listLabels(read: Reader, pages: readonly PageItem[]): Promise<Map<string, string[]>> {
  const rows = await read
    .selectFrom("visible_page_labels")
    .select(["page_id", "label"])
    .where(
      "page_id",
      "in",
      pages.map((page) => page.id),
    )
    .orderBy("page_id")
    .orderBy("label_key")
    .execute();
  const labels = new Map<string, string[]>();
  for (const { page_id, label } of rows) labels.set(page_id, [...(labels.get(page_id) ?? []), label]);
  return labels;
}
