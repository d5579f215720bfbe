import { z } from "zod";
import { levelOn } from "../../access/grant.ts";
import { LEVEL_NAMES, levelName } from "../../access/levels.ts";
import type { Viewer } from "../../access/viewer.ts";
import { productUrl } from "../../customers/urls.ts";
import type { Product } from "../../db/schema.ts";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { changeProduct, createProduct, PRODUCT_STATUSES } from "../../products/commands.ts";
import { productsToEdit, productToEdit } from "../../products/policy.ts";
import { getProduct, listProducts } from "../../products/queries.ts";
import { maybe, name, text, texts, words } from "../fields.ts";
import { listAnswer, paging } from "../paging.ts";

const given = {
  category: text(100),
  status: z.enum(PRODUCT_STATUSES).exactOptional(),
  versions: texts(60),
  aliases: texts(100),
  description: z.string().trim().max(20_000).exactOptional(),
  price: text(100).describe("With its currency, as people say it"),
};

const productAnswer = z.strictObject({
  id: z.string(),
  code: z.string(),
  url: z.string(),
  name: z.string(),
  category: maybe,
  status: z.string(),
  versions: z.array(z.string()),
  aliases: z.array(z.string()),
  description: z.string(),
  price: maybe,
  level: z.enum(LEVEL_NAMES).describe("What you may do with it"),
  created_at: z.string(),
  updated_at: z.string(),
});

const params = z.strictObject({ code: name.describe("Code or id of the product") });

export const productRoutes = [
  route({
    method: "get",
    path: "/api/v1/products",
    needs: "member",
    summary: "The products you can see, by their code",
    query: z.strictObject({
      ...paging,
      q: z.string().max(200).optional().describe("Part of a code, name or alias"),
      category: z.string().max(100).optional(),
      status: z.enum(PRODUCT_STATUSES).optional(),
    }),
    answers: { status: 200, schema: listAnswer(productAnswer) },
    action: async ({ read, viewer, query }) => {
      const { items, total, nextCursor } = await listProducts(read, query);
      return json({ items: items.map((row) => presentProduct(viewer, row)), next_cursor: nextCursor, total });
    },
  }),
  route({
    method: "post",
    path: "/api/v1/products",
    needs: "member",
    summary: "Add a product to the catalogue",
    body: z.strictObject({ code: words(60), name: words(200), ...given }),
    answers: { status: 201, schema: productAnswer },
    action: ({ write, body }) =>
      write(async (tx) =>
        json(presentProduct(tx.viewer, await createProduct(tx, productsToEdit(tx.viewer), body)), 201),
      ),
  }),
  route({
    method: "get",
    path: "/api/v1/products/:code",
    needs: "member",
    summary: "One product",
    params,
    answers: { status: 200, schema: productAnswer },
    action: async ({ read, viewer, params: { code } }) => json(presentProduct(viewer, await getProduct(read, code))),
  }),
  route({
    method: "put",
    path: "/api/v1/products/:code",
    needs: "member",
    summary: "Change a product; what is left out stays as it is",
    params,
    body: z.strictObject({ code: words(60).exactOptional(), name: words(200).exactOptional(), ...given }),
    answers: { status: 200, schema: productAnswer },
    action: ({ write, params: { code }, body }) =>
      write(async (tx) => {
        const product = productToEdit(tx.viewer, await getProduct(tx.read, code));
        return json(presentProduct(tx.viewer, await changeProduct(tx, product, body)));
      }),
  }),
];

const presentProduct = (viewer: Viewer, row: Product): z.infer<typeof productAnswer> => ({
  id: row.id,
  code: row.code,
  url: productUrl(row),
  name: row.name,
  category: row.category,
  status: row.status,
  versions: JSON.parse(row.versions),
  aliases: JSON.parse(row.aliases),
  description: row.description,
  price: row.price,
  level: levelName(levelOn(viewer, row)),
  created_at: row.created_at,
  updated_at: row.updated_at,
});
