import { z } from "zod";
import { canEditCustomer } from "../../customers/policy.ts";
import { getCustomer } from "../../customers/queries.ts";
import { packWorld } from "../../customers/world/index.ts";
import type { PageItem } from "../../customers/world/item.ts";
import { listPagesOfWorld } from "../../customers/world/pages.ts";
import { listWorld } from "../../customers/world/queries.ts";
import { json, packed } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { pageUrl } from "../../pages/links/queries.ts";
import { name } from "../fields.ts";
import { listAnswer, paging, partOfNewest } from "../paging.ts";
import { REASONS, reasonCode } from "../reasons.ts";

const knowledge = z.strictObject({
  type: z.literal("page"),
  id: z.string(),
  title: z.string(),
  url: z.string(),
  reasons: z.array(z.string()).describe(REASONS),
  updated_at: z.string(),
});

const params = z.strictObject({ key: name.describe("Key or id of the customer") });

export const knowledgeRoutes = [
  route({
    method: "get",
    path: "/api/v1/customers/:key/knowledge",
    needs: "member",
    summary: "What the company knows that concerns a customer, and why; last changed first",
    params,
    query: z.strictObject(paging),
    answers: { status: 200, schema: listAnswer(knowledge) },
    action: async ({ read, params: { key }, query }) => {
      const { pages } = await listPagesOfWorld(read, await getCustomer(read, key));
      const rows = pages.map((page) => ({ ...page, created_at: page.at }));
      return json(partOfNewest(rows, query, presentKnowledge));
    },
  }),
  route({
    method: "get",
    path: "/api/v1/customers/:key/index",
    needs: "member",
    summary: "A lunr index of all you may see of a customer, and its documents; the refs are places in `documents`",
    params,
    answers: {
      status: 200,
      schema: z.strictObject({ index: z.looseObject({}), documents: z.array(z.looseObject({})) }),
    },
    action: async ({ read, viewer, params: { key }, t, locale, now }) => {
      const customer = await getCustomer(read, key);
      const audience = { customer, t, locale, now, canTell: canEditCustomer(viewer, customer) };
      return packed(await packWorld(read, await listWorld(read, customer), audience), {
        "Content-Type": "application/json; charset=utf-8",
      });
    },
  }),
];

const presentKnowledge = (page: PageItem): z.infer<typeof knowledge> => ({
  type: page.kind,
  id: page.id,
  title: page.title,
  url: pageUrl(page),
  reasons: [...new Set(page.reasons.map(reasonCode))],
  updated_at: page.at,
});
