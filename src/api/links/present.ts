import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import type { KnowledgeLink } from "../../db/schema.ts";
import { pageUrl } from "../../pages/links/queries.ts";
import { listPageTitles } from "../../pages/queries.ts";
import { listPeopleById } from "../../people/queries.ts";
import { maybe } from "../fields.ts";

export const linkAnswer = z.strictObject({
  id: z.string(),
  page: z.strictObject({ id: z.string(), title: z.string(), url: z.string() }),
  revision: z.int(),
  target: z.strictObject({ type: z.enum(["customer", "product", "contact", "interaction"]), id: z.string() }),
  relation: z.enum(["about", "answered_by", "told", "sent", "contradicts"]),
  author: maybe.describe("Login"),
  created_at: z.string(),
});

/** Knowledge links as the outside reads them, in their order. */
export async function presentLinks(read: Reader, links: KnowledgeLink[]): Promise<z.infer<typeof linkAnswer>[]> {
  const pages = new Map(
    (
      await listPageTitles(
        read,
        links.map(({ page_id }) => page_id),
      )
    ).map((page) => [page.id, page]),
  );
  const authors = await listPeopleById(
    read,
    links.map(({ created_by }) => created_by),
  );
  return links.flatMap((link) => {
    const page = pages.get(link.page_id);
    if (!page) return [];
    return {
      id: link.id,
      page: { id: page.id, title: page.title, url: pageUrl(page) },
      revision: link.revision,
      target: { type: link.target_kind, id: link.target_id },
      relation: link.relation,
      author: authors.get(link.created_by)?.login ?? null,
      created_at: link.created_at,
    };
  });
}
