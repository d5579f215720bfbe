import { z } from "zod";
import { listOwners } from "../customers/owned/queries.ts";
import { productUrl } from "../customers/urls.ts";
import { newId } from "../db/portable.ts";
import { name } from "../forms/fields.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { listSaid } from "../interactions/queries.ts";
import type { FormState } from "../views/field.ts";
import { changeProduct, createProduct } from "./commands.ts";
import { productFilter, productForm } from "./forms.ts";
import { listKnowledge } from "./knowledge/queries.ts";
import { canCreateProducts, canEditProduct, productsToEdit, productToEdit } from "./policy.ts";
import { PARTS, presentProduct } from "./present.ts";
import { presentProductForm, typedOf } from "./present-form.ts";
import { presentProductList } from "./present-list.ts";
import { getProduct, listCategories, listProducts } from "./queries.ts";

const LISTED = 50;
const SHOWN = 12;
const MOST_SHOWN = 1000;

type OfProduct = { code: string };
const params = z.strictObject({ code: name });
const parts = z.strictObject({ all: z.enum(PARTS).optional() });

export const productRoutes = [
  route({
    method: "get",
    path: "/products",
    needs: "member",
    query: productFilter,
    action: async ({ read, viewer, query, t }) => {
      const list = await listProducts(read, { ...query, limit: LISTED });
      const categories = await listCategories(read);
      const canCreate = canCreateProducts(viewer);
      return page("products/index", presentProductList(t, { asked: query, list, categories, canCreate }));
    },
  }),
  route({ method: "get", path: "/products/new", needs: "member", action: (ctx) => newProduct(ctx) }),
  route({
    method: "post",
    path: "/products/new",
    needs: "member",
    body: productForm,
    refused: (ctx, refusal) => newProduct(ctx, refusal),
    action: ({ write, body, t }) =>
      write(async (tx) => {
        const product = await createProduct(tx, productsToEdit(tx.viewer), body);
        return redirect(productUrl(product), [flash(t("products.made", { name: product.name }))]);
      }),
  }),
  route({
    method: "get",
    path: "/products/:code",
    needs: "member",
    params,
    query: parts,
    action: (ctx) => showProduct(ctx),
  }),
  route({ method: "get", path: "/products/:code/edit", needs: "member", params, action: (ctx) => editProduct(ctx) }),
  route({
    method: "post",
    path: "/products/:code/edit",
    needs: "member",
    params,
    body: productForm,
    refused: (ctx, refusal) => editProduct(ctx, refusal),
    action: ({ write, params: { code }, body, t }) =>
      write(async (tx) => {
        const product = productToEdit(tx.viewer, await getProduct(tx.read, code));
        return redirect(productUrl(await changeProduct(tx, product, body)), [flash(t("shared.saved"))]);
      }),
  }),
];

async function showProduct(ctx: Ctx<"member", OfProduct, z.infer<typeof parts>>): Promise<Reply> {
  const { read, viewer, t, query } = ctx;
  const product = await getProduct(read, ctx.params.code);
  const most = (part: (typeof PARTS)[number]) => (query.all === part ? MOST_SHOWN : SHOWN);
  const [knowledge, owners, said] = await Promise.all([
    listKnowledge(read, product, most("knowledge")),
    listOwners(read, product, most("owners")),
    listSaid(read, { product }, { limit: most("interactions") }),
  ]);
  const canEdit = canEditProduct(viewer, product);
  return page("products/show", presentProduct(t, { now: ctx.now, product, canEdit, knowledge, owners, said }));
}

async function newProduct({ read, viewer, t, deps }: Ctx, refusal?: Refusal): Promise<Reply> {
  productsToEdit(viewer);
  const model = presentProductForm(t, refusal ?? { values: { status: "active" }, errors: {} }, {
    title: t("products.new"),
    categories: await listCategories(read),
  });
  const crumbs = [{ name: t("products.title"), url: "/products" }];
  return form({ ...model, crumbs, cancelUrl: "/products", idempotencyKey: newId(deps.random) }, refusal);
}

async function editProduct({ read, viewer, t, params }: Ctx<"member", OfProduct>, refusal?: Refusal): Promise<Reply> {
  const product = productToEdit(viewer, await getProduct(read, params.code));
  const state: FormState = refusal ?? { values: typedOf(product), errors: {} };
  const model = presentProductForm(t, state, { title: t("products.edit"), categories: await listCategories(read) });
  const url = productUrl(product);
  const crumbs = [
    { name: t("products.title"), url: "/products" },
    { name: product.name, url },
  ];
  return form({ ...model, crumbs, cancelUrl: url, idempotencyKey: null }, refusal);
}

const form = (model: object, refusal: Refusal | undefined): Reply =>
  page("products/form", model, { status: refusal ? 422 : 200 });
