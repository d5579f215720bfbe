import { z } from "zod";
import { getCustomer } from "../../customers/queries.ts";
import type { PageItem, Reason } from "../../customers/world/item.ts";
import { listPagesOfWorld } from "../../customers/world/pages.ts";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { pageUrl } from "../../pages/links/queries.ts";
import { name } from "../fields.ts";
import { listAnswer, paging, partOfNewest } from "../paging.ts";

const knowledge = z.strictObject({
  type: z.literal("page"),
  id: z.string(),
  title: z.string(),
  url: z.string(),
  reasons: z
    .array(z.string())
    .describe("tagged, owns product CODE, told, sent, about, answered_by, contradicts, named"),
  updated_at: z.string(),
});

export const knowledgeRoutes = [
  route({
    method: "get",
    path: "/api/v1/customers/:key/knowledge",
    needs: "member",
    summary: "What the company knows that concerns a customer, and why; last changed first",
    params: z.strictObject({ key: name.describe("Key or id of the customer") }),
    query: z.strictObject(paging),
    answers: { status: 200, schema: listAnswer(knowledge) },
    action: async ({ read, params: { key }, query }) => {
      const { pages } = await listPagesOfWorld(read, await getCustomer(read, key));
      const rows = pages.map((page) => ({ ...page, created_at: page.at }));
      return json(partOfNewest(rows, query, presentKnowledge));
    },
  }),
];

const presentKnowledge = (page: PageItem): z.infer<typeof knowledge> => ({
  type: page.kind,
  id: page.id,
  title: page.title,
  url: pageUrl(page),
  reasons: [...new Set(page.reasons.map(sayReason))],
  updated_at: page.at,
});

function sayReason(reason: Reason): string {
  if (reason.why === "owns") return `owns product ${reason.code}`;
  return reason.why === "linked" || reason.why === "told" ? reason.relation : reason.why;
}
