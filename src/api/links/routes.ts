import { z } from "zod";
import { allow } from "../../access/grant.ts";
import type { Reader } from "../../access/reader.ts";
import { findCustomer } from "../../customers/queries.ts";
import type { KnowledgeLink } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { json, type Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { linkKnowledge, unlinkKnowledge } from "../../links/commands.ts";
import { targetToEdit } from "../../links/policy.ts";
import { getLink, listLinks } from "../../links/queries.ts";
import { findPage, getPage } from "../../pages/queries.ts";
import { findProduct } from "../../products/queries.ts";
import { name } from "../fields.ts";
import { listAnswer, paging, partOfNewest } from "../paging.ts";
import { linkAnswer, presentLinks } from "./present.ts";

const filters = z.strictObject({
  ...paging,
  page: name.optional().describe("Id"),
  customer: name.optional().describe("Key or id"),
  product: name.optional().describe("Code or id"),
});

const newLink = z.strictObject({
  page: name.describe("Id"),
  revision: z.int().min(1).max(2_147_483_647).exactOptional().describe("The newest, when it is left out"),
  target: z.strictObject({
    type: z.enum(["customer", "product", "contact", "interaction"]),
    id: name.describe("Id, key of a customer or code of a product"),
  }),
  relation: z.enum(["about", "answered_by", "told", "sent", "contradicts"]),
});

export const linkRoutes = [
  route({
    method: "get",
    path: "/api/v1/links",
    needs: "member",
    summary:
      "The knowledge links of a page, a customer or a product, newest first; those of which you can see both ends",
    query: filters,
    answers: { status: 200, schema: listAnswer(linkAnswer) },
    action: (ctx) => listAsked(ctx),
  }),
  route({
    method: "post",
    path: "/api/v1/links",
    needs: "member",
    summary: "Tie a page to a customer, contact, interaction or product; said twice, it is the link that was there",
    body: newLink,
    answers: { status: 201, schema: linkAnswer },
    action: ({ write, body: { page: id, target: end, relation, revision } }) =>
      write(async (tx) => {
        const page = allow(tx.viewer, await getPage(tx.read, id), "view");
        const target = await targetToEdit(tx.read, tx.viewer, { kind: end.type, id: end.id });
        const made = await linkKnowledge(tx, { page, target, relation, revision });
        return json((await presentLinks(tx.read, [made]))[0], 201);
      }),
  }),
  route({
    method: "delete",
    path: "/api/v1/links/:id",
    needs: "member",
    summary: "Take a knowledge link away",
    params: z.strictObject({ id: name }),
    answers: { status: 204 },
    action: ({ write, params: { id } }) =>
      write(async (tx) => {
        const link = await getLink(tx.read, id);
        const end = { kind: link.target_kind, id: link.target_id };
        await unlinkKnowledge(tx, link, await targetToEdit(tx.read, tx.viewer, end));
        return json(null, 204);
      }),
  }),
];

async function listAsked({ read, query }: Ctx<"member", unknown, z.infer<typeof filters>>): Promise<Reply> {
  const part = partOfNewest(await listLinksOf(read, query), query, (link) => link);
  return json({ ...part, items: await presentLinks(read, part.items) });
}

/** @throws Invalid when nothing says of what */
async function listLinksOf(
  read: Reader,
  of: { page?: string | undefined; customer?: string | undefined; product?: string | undefined },
): Promise<KnowledgeLink[]> {
  if (of.page === undefined && of.customer === undefined && of.product === undefined)
    throw new Invalid({ page: "api.linksOfWhat" });
  const page = of.page === undefined ? null : await findPage(read, of.page);
  const customer = of.customer === undefined ? null : await findCustomer(read, of.customer);
  const product = of.product === undefined ? null : await findProduct(read, of.product);
  if (page === undefined || customer === undefined || product === undefined) return [];
  return listLinks(read, { ...(page && { page }), ...(customer && { customer }), ...(product && { product }) });
}
