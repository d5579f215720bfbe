import { z } from "zod";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { KINDS } from "../../search/documents.ts";
import { type Hit, offsetOf, searchAll } from "../../search/queries.ts";
import { askedFields } from "../../search/routes.ts";
import { maybe } from "../fields.ts";
import { cursorOf, listAnswer, paging } from "../paging.ts";
import { REASONS, reasonCode } from "../reasons.ts";

const hit = z.strictObject({
  type: z.enum(KINDS),
  id: z.string(),
  title: z.string(),
  url: z.string(),
  snippet: z.string().describe("Words around what was found"),
  place: maybe.describe("Name of its space or customer"),
  updated_at: z.string(),
  reason: z.string().exactOptional().describe(`Why it belongs to the customer that was asked for: ${REASONS}`),
});

export const searchRoutes = [
  route({
    method: "get",
    path: "/api/v1/search",
    needs: "member",
    summary:
      'Search all that you can see; the query knows words, "phrases", -not, prefix* and filters such as space:KEY',
    query: z.strictObject({
      ...askedFields,
      limit: paging.limit.default(20),
      cursor: cursorOf((cursor) => offsetOf(cursor) !== undefined),
    }),
    answers: { status: 200, schema: listAnswer(hit) },
    action: async ({ read, query: { limit, cursor, ...asked } }) => {
      const { hits, total, nextCursor } = await searchAll(read, asked, { limit, cursor });
      return json({ items: hits.map(presentHit), next_cursor: nextCursor, total });
    },
  }),
];

const presentHit = (found: Hit): z.infer<typeof hit> => {
  const [reason] = found.reasons;
  return {
    type: found.type,
    id: found.id,
    title: found.title,
    url: found.url,
    snippet: (found.passage.length > 0 ? found.passage : found.answer).map(({ text }) => text).join(""),
    place: found.place?.name ?? null,
    updated_at: found.at,
    ...(reason ? { reason: reasonCode(reason) } : {}),
  };
};
