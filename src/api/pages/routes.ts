import { z } from "zod";
import type { Tx } from "../../access/transaction.ts";
import type { Page } from "../../db/schema.ts";
import { json, type Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import type { T } from "../../i18n/i18n.ts";
import { createPage } from "../../pages/commands.ts";
import { renderDraft } from "../../pages/draft.ts";
import { FORM_LIMIT } from "../../pages/editing/forms.ts";
import { listBacklinks, pageUrl } from "../../pages/links/queries.ts";
import { pageToEdit, placeToFill } from "../../pages/policy.ts";
import { getPage, listPageTitles } from "../../pages/queries.ts";
import { trashPage } from "../../pages/trash/commands.ts";
import { moment, name } from "../fields.ts";
import { listAnswer, paging, partOfNewest } from "../paging.ts";
import { newPage, placeFrom, tagsFrom } from "./fields.ts";
import { pageAnswer, pageLine, presentPage, presentPages } from "./present.ts";
import { listPages } from "./queries.ts";

export const ofPage = z.strictObject({ id: name });

const filters = z.strictObject({
  ...paging,
  space: name.optional().describe("Key or id"),
  parent: name.optional().describe("Id of the page above"),
  customer: name.optional().describe("Key or id"),
  product: name.optional().describe("Code or id"),
  label: name.optional(),
  updated_since: z.union([moment, z.iso.date()]).optional(),
});

const backlink = z.strictObject({ id: z.string(), title: z.string(), url: z.string() });

export const pageRoutes = [
  route({
    method: "get",
    path: "/api/v1/pages",
    needs: "member",
    summary: "The pages you can see, in the order in which they were made",
    query: filters,
    answers: { status: 200, schema: listAnswer(pageLine) },
    action: async ({ read, viewer, query }) => {
      const { items, total, nextCursor } = await listPages(read, query);
      return json({ items: await presentPages(read, viewer, items), next_cursor: nextCursor, total });
    },
  }),
  route({
    method: "post",
    path: "/api/v1/pages",
    needs: "member",
    summary: "Write a page in a space, or below another page",
    body: newPage,
    limit: FORM_LIMIT,
    answers: { status: 201, schema: pageAnswer },
    action: (ctx) => create(ctx),
  }),
  route({
    method: "get",
    path: "/api/v1/pages/:id",
    needs: "member",
    summary: "One page, whole",
    params: ofPage,
    answers: { status: 200, schema: pageAnswer },
    action: async ({ read, viewer, t, params: { id } }) => json(await presentPage({ read, viewer, t }, id)),
  }),
  route({
    method: "delete",
    path: "/api/v1/pages/:id",
    needs: "member",
    summary: "Put a page, with all below it, into the trash",
    params: ofPage,
    answers: { status: 204 },
    action: ({ write, params: { id } }) =>
      write(async (tx) => {
        await trashPage(tx, pageToEdit(tx.viewer, await getPage(tx.read, id)));
        return json(null, 204);
      }),
  }),
  route({
    method: "get",
    path: "/api/v1/pages/:id/backlinks",
    needs: "member",
    summary: "The pages that link to a page, last changed first",
    params: ofPage,
    query: z.strictObject(paging),
    answers: { status: 200, schema: listAnswer(backlink) },
    action: async ({ read, params: { id }, query }) => {
      const sources = await listBacklinks(read, await getPage(read, id));
      const pages = await listPageTitles(
        read,
        sources.map((source) => source.id),
      );
      const rows = pages.map((page) => ({ ...page, created_at: page.updated_at }));
      return json(partOfNewest(rows, query, (page) => ({ id: page.id, title: page.title, url: pageUrl(page) })));
    },
  }),
];

async function create(ctx: Ctx<"member", unknown, unknown, z.infer<typeof newPage>>): Promise<Reply> {
  const { read, viewer, write, t } = ctx;
  const { space, parent, customers: _, products: __, ...text } = ctx.body;
  const place = { ...(space === undefined ? {} : { space }), ...(parent === undefined ? {} : { parent }) };
  placeToFill(viewer, await placeFrom(read, place));
  const tags = { customers: [], products: [], labels: [], summary: "", ...(await tagsFrom(read, ctx.body)) };
  const draft = await renderDraft({ ...tags, ...text });
  return write(async (tx) => {
    const made = await createPage(tx, placeToFill(tx.viewer, await placeFrom(tx.read, place)), draft);
    return answerPage(tx, t, made, 201);
  });
}

/** The page as it is now in the hands of the writer; after a move they may no longer see it. */
export const answerPage = async (tx: Tx, t: T, page: Pick<Page, "id">, status = 200): Promise<Reply> =>
  json(await presentPage({ read: tx.read, viewer: tx.viewer, t }, page.id), status);
