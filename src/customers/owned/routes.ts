import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import type { Viewer } from "../../access/viewer.ts";
import { newId } from "../../db/portable.ts";
import type { Customer } from "../../db/schema.ts";
import { NotFound } from "../../errors.ts";
import { name } from "../../forms/fields.ts";
import { flash, page, type Reply, redirect } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import { getMeantProduct, listProducts } from "../../products/queries.ts";
import { crumbsTo } from "../crumbs.ts";
import { canEditCustomer, customerToEdit, type EditableCustomer } from "../policy.ts";
import { getCustomer } from "../queries.ts";
import { customerUrl } from "../urls.ts";
import { removeOwnedProduct, setOwnedProduct } from "./commands.ts";
import { ownedForm } from "./forms.ts";
import { type Owned, ownedUrl, presentOwnedForm, presentOwnedList, typedOf } from "./present.ts";
import { listOwnedProducts } from "./queries.ts";

const PRODUCTS_OFFERED = 300;

type OfCustomer = { key: string };
type OfOwned = { key: string; id: string };
const ofCustomer = z.strictObject({ key: name });
const ofOwned = z.strictObject({ key: name, id: name });

/** What a customer owns: seen and changed by forms. */
export const ownedRoutes = [
  route({
    method: "get",
    path: "/c/:key/owned",
    needs: "member",
    params: ofCustomer,
    action: async ({ read, viewer, params: { key }, t }) => {
      const customer = await getCustomer(read, key);
      const owned = await listOwnedProducts(read, customer);
      const canEdit = canEditCustomer(viewer, customer);
      return page("customers/owned/index", presentOwnedList(t, { customer, owned, canEdit }));
    },
  }),
  route({
    method: "get",
    path: "/c/:key/owned/new",
    needs: "member",
    params: ofCustomer,
    action: (ctx) => newOwned(ctx),
  }),
  route({
    method: "post",
    path: "/c/:key/owned/new",
    needs: "member",
    params: ofCustomer,
    body: ownedForm,
    refused: (ctx, refusal) => newOwned(ctx, refusal),
    action: ({ write, params: { key }, body: { product: written, ...draft }, t }) =>
      write(async (tx) => {
        const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
        const product = await getMeantProduct(tx.read, written);
        await setOwnedProduct(tx, customer, { ...draft, product });
        return redirect(customerUrl(customer), [flash(t("products.ownedAdded", { name: product.name }))]);
      }),
  }),
  route({
    method: "get",
    path: "/c/:key/owned/:id/edit",
    needs: "member",
    params: ofOwned,
    action: (ctx) => editOwned(ctx),
  }),
  route({
    method: "post",
    path: "/c/:key/owned/:id/edit",
    needs: "member",
    params: ofOwned,
    body: ownedForm,
    refused: (ctx, refusal) => editOwned(ctx, refusal),
    action: ({ write, params, body: { product: written, ...changes }, t }) =>
      write(async (tx) => {
        const { customer, owned } = await ownedToEdit(tx.read, tx.viewer, params);
        const product = await getMeantProduct(tx.read, written);
        await setOwnedProduct(tx, customer, { ...changes, id: owned.id, product });
        return redirect(customerUrl(customer), [flash(t("shared.saved"))]);
      }),
  }),
  route({
    method: "get",
    path: "/c/:key/owned/:id/removal",
    needs: "member",
    params: ofOwned,
    action: async ({ read, viewer, params, t }) => {
      const { customer, owned } = await ownedToEdit(read, viewer, params);
      const question = t("products.ownedAsk", { customer: customer.name, product: owned.name });
      return page("shared/question", {
        title: question,
        question,
        consequence: t("products.ownedGone"),
        action: `${ownedUrl(customer)}/${owned.id}/removal`,
        label: t("shared.remove"),
        cancelUrl: ownedUrl(customer),
        danger: true,
      });
    },
  }),
  route({
    method: "post",
    path: "/c/:key/owned/:id/removal",
    needs: "member",
    params: ofOwned,
    action: ({ write, params, t }) =>
      write(async (tx) => {
        const { customer, owned } = await ownedToEdit(tx.read, tx.viewer, params);
        await removeOwnedProduct(tx, customer, owned.id);
        return redirect(customerUrl(customer), [flash(t("products.ownedRemoved", { name: owned.name }))]);
      }),
  }),
];

/** @throws NotFound when it is nothing of this customer; Forbidden when the viewer may not change the customer */
async function ownedToEdit(
  read: Reader,
  viewer: Viewer,
  of: OfOwned,
): Promise<{ customer: EditableCustomer; owned: Owned }> {
  const customer = await getCustomer(read, of.key);
  const owned = (await listOwnedProducts(read, customer)).find((one) => one.id === of.id);
  if (!owned) throw new NotFound();
  return { customer: customerToEdit(viewer, customer), owned };
}

async function newOwned(ctx: Ctx<"member", OfCustomer>, refusal?: Refusal): Promise<Reply> {
  const { read, viewer, params, t, deps } = ctx;
  const customer = customerToEdit(viewer, await getCustomer(read, params.key));
  return form(ctx, refusal, {
    ...presentOwnedForm(t, refusal ?? { values: { quantity: "1" }, errors: {} }, await listOffered(read)),
    title: t("products.ownedAdd"),
    customer,
    idempotencyKey: newId(deps.random),
  });
}

async function editOwned(ctx: Ctx<"member", OfOwned>, refusal?: Refusal): Promise<Reply> {
  const { customer, owned } = await ownedToEdit(ctx.read, ctx.viewer, ctx.params);
  return form(ctx, refusal, {
    ...presentOwnedForm(ctx.t, refusal ?? { values: typedOf(owned), errors: {} }, await listOffered(ctx.read)),
    title: ctx.t("products.ownedChange"),
    customer,
    idempotencyKey: null,
  });
}

const listOffered = async (read: Reader) => (await listProducts(read, { limit: PRODUCTS_OFFERED })).items;

type Form = ReturnType<typeof presentOwnedForm> & { title: string; customer: Customer; idempotencyKey: string | null };

function form({ t }: Pick<Ctx, "t">, refusal: Refusal | undefined, { customer, ...model }: Form): Reply {
  const crumbs = [...crumbsTo(t, customer), { name: t("customers.ownedProducts"), url: ownedUrl(customer) }];
  const cancelUrl = customerUrl(customer);
  return page("customers/owned/form", { ...model, crumbs, cancelUrl }, { status: refusal ? 422 : 200 });
}
