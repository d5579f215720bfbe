import { z } from "zod";
import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import { listContacts } from "../contacts/queries.ts";
import { crumbsTo } from "../customers/crumbs.ts";
import { listOwnedProducts } from "../customers/owned/queries.ts";
import { canEditCustomer, customerToEdit, type EditableCustomer } from "../customers/policy.ts";
import { getCustomer, getCustomerById } from "../customers/queries.ts";
import { customerUrl, interactionUrl } from "../customers/urls.ts";
import { newId } from "../db/portable.ts";
import type { Contact, Customer, Interaction, Product } from "../db/schema.ts";
import { name } from "../forms/fields.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { dayOf } from "../i18n/dates.ts";
import { listLinkedPages } from "../links/queries.ts";
import { listProducts } from "../products/queries.ts";
import type { FormState } from "../views/field.ts";
import { CHANNELS } from "./channels.ts";
import { changeInteraction, completeInteraction, recordInteraction } from "./commands.ts";
import { draftOf } from "./draft.ts";
import { completionForm, interactionForm } from "./forms.ts";
import { presentInteraction } from "./present.ts";
import { presentInteractionForm, typedOf } from "./present-form.ts";
import { promiseOf } from "./promise.ts";
import { getInteraction, getSaid } from "./queries.ts";
import { interactionListRoutes } from "./routes-list.ts";
import { warningAbout, withWarnings } from "./warnings.ts";

const PRODUCTS_OFFERED = 300;

type OfCustomer = { key: string };
type OfInteraction = { id: string };
const ofCustomer = z.strictObject({ key: name });
const ofInteraction = z.strictObject({ id: name });
/** What is known before anything is typed: the form is opened from a contact or a product. */
const known = z.strictObject({ contact: name.optional(), product: name.optional() });
type Known = z.infer<typeof known>;

export const interactionRoutes = [
  ...interactionListRoutes,
  route({
    method: "get",
    path: "/c/:key/interactions/new",
    needs: "member",
    params: ofCustomer,
    query: known,
    action: (ctx) => newInteraction(ctx),
  }),
  route({
    method: "post",
    path: "/c/:key/interactions/new",
    needs: "member",
    params: ofCustomer,
    query: known,
    body: interactionForm,
    refused: (ctx, refusal) => newInteraction(ctx, refusal),
    action: ({ write, params: { key }, body, t, locale }) =>
      write(async (tx) => {
        const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
        const draft = await draftOf(tx.read, body, { now: tx.now });
        const said = await recordInteraction(tx, customer, { ...draft, channel: body.channel });
        const day = said.next_at && dayOf(said.next_at, tx.now, locale);
        const done = day ? t("interactions.recordedNext", { day }) : t("interactions.recorded");
        const warning = await warningAbout(tx.read, t, said);
        return redirect(customerUrl(customer), [flash([done, warning].filter(Boolean).join(" "))]);
      }),
  }),
  route({
    method: "get",
    path: "/interactions/:id",
    needs: "member",
    params: ofInteraction,
    action: (ctx) => showInteraction(ctx),
  }),
  route({
    method: "get",
    path: "/interactions/:id/edit",
    needs: "member",
    params: ofInteraction,
    action: (ctx) => editInteraction(ctx),
  }),
  route({
    method: "post",
    path: "/interactions/:id/edit",
    needs: "member",
    params: ofInteraction,
    body: interactionForm,
    refused: (ctx, refusal) => editInteraction(ctx, refusal),
    action: ({ write, params: { id }, body, t }) =>
      write(async (tx) => {
        const { interaction, customer } = await interactionToEdit(tx.read, tx.viewer, id);
        const changes = await draftOf(tx.read, body, { now: tx.now, before: await getSaid(tx.read, id) });
        await changeInteraction(tx, customer, { interaction, changes });
        return redirect(customerUrl(customer), [flash(t("shared.saved"))]);
      }),
  }),
  route({
    method: "post",
    path: "/interactions/:id/completion",
    needs: "member",
    params: ofInteraction,
    body: completionForm,
    refused: (ctx, refusal) => showInteraction(ctx, refusal),
    action: ({ write, params: { id }, body, t }) =>
      write(async (tx) => {
        const { interaction, customer } = await interactionToEdit(tx.read, tx.viewer, id);
        await completeInteraction(tx, customer, { interaction, outcome: body.outcome ?? undefined });
        const { text } = promiseOf(interaction);
        return redirect(interactionUrl(interaction), [flash(t("interactions.completed", { words: shortened(text) }))]);
      }),
  }),
  route({
    method: "post",
    path: "/interactions/:id/completion/removal",
    needs: "member",
    params: ofInteraction,
    action: ({ write, params: { id }, t }) =>
      write(async (tx) => {
        const { interaction, customer } = await interactionToEdit(tx.read, tx.viewer, id);
        await changeInteraction(tx, customer, { interaction, changes: { status: "open" } });
        return redirect(interactionUrl(interaction), [flash(t("interactions.reopened"))]);
      }),
  }),
];

const shortened = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 60)}…`);

/** @throws NotFound; Forbidden when the viewer may not change the customer */
async function interactionToEdit(
  read: Reader,
  viewer: Viewer,
  id: string,
): Promise<{ interaction: Interaction; customer: EditableCustomer }> {
  const interaction = await getInteraction(read, id);
  return { interaction, customer: customerToEdit(viewer, await getCustomerById(read, interaction.customer_id)) };
}

async function showInteraction(ctx: Ctx<"member", OfInteraction>, refusal?: Refusal): Promise<Reply> {
  const { read, viewer, params } = ctx;
  const said = await getSaid(read, params.id);
  const customer = await getCustomerById(read, said.customer_id);
  if (refusal) customerToEdit(viewer, customer);
  const pages = await listLinkedPages(read, { kind: "interaction", id: said.id });
  const completion: FormState = refusal ?? { values: {}, errors: {} };
  const model = presentInteraction({ said, pages, canEdit: canEditCustomer(viewer, customer), completion }, ctx);
  return page("interactions/show", model, { status: refusal ? 422 : 200 });
}

async function newInteraction(ctx: Ctx<"member", OfCustomer, Known>, refusal?: Refusal): Promise<Reply> {
  const { read, viewer, params, query, t, deps } = ctx;
  const customer = customerToEdit(viewer, await getCustomer(read, params.key));
  const contacts = await listContacts(read, customer);
  const offered = {
    contacts: await withWarnings(ctx, customer, contacts),
    products: await listOffered(read, customer),
  };
  const first = { values: firstValues(customer, contacts, query), errors: {} };
  return form(refusal, {
    ...presentInteractionForm(t, refusal ?? first, offered),
    title: t("interactions.newFor", { name: customer.short_name ?? customer.name }),
    crumbs: crumbsTo(t, customer),
    cancelUrl: customerUrl(customer),
    idempotencyKey: newId(deps.random),
  });
}

/** Whoever the form is opened for is chosen, with the channel they prefer. */
function firstValues(customer: Customer, contacts: Contact[], query: Known): FormState["values"] {
  const contact = contacts.find((one) => one.id === query.contact);
  const preferred = contact?.preferred_channel ?? customer.preferred_channel;
  const channel = CHANNELS.find((one) => one === preferred) ?? "phone";
  return { channel, direction: "out", contact: contact?.id ?? "", product: query.product ?? "" };
}

async function editInteraction(ctx: Ctx<"member", OfInteraction>, refusal?: Refusal): Promise<Reply> {
  const { read, viewer, params, t } = ctx;
  const { customer } = await interactionToEdit(read, viewer, params.id);
  const said = await getSaid(read, params.id);
  const contacts = await listContacts(read, customer);
  const isListed = contacts.some((one) => one.id === said.contact_id);
  const left = said.contact_id !== null && said.contact !== null ? [{ id: said.contact_id, name: said.contact }] : [];
  const offered = {
    contacts: await withWarnings(ctx, customer, isListed ? contacts : [...contacts, ...left]),
    products: await listOffered(read, customer),
  };
  const url = interactionUrl(said);
  return form(refusal, {
    ...presentInteractionForm(t, refusal ?? { values: typedOf(said), errors: {} }, offered),
    title: t("interactions.edit"),
    crumbs: [...crumbsTo(t, customer), { name: t("interactions.interaction"), url }],
    cancelUrl: url,
    idempotencyKey: null,
  });
}

/** What the customer owns comes first. */
async function listOffered(read: Reader, customer: Customer): Promise<Pick<Product, "code" | "name">[]> {
  const owned = await listOwnedProducts(read, customer);
  const { items } = await listProducts(read, { limit: PRODUCTS_OFFERED });
  return [...new Map([...owned, ...items].map((product) => [product.code, product])).values()];
}

const form = (refusal: Refusal | undefined, model: object): Reply =>
  page("interactions/form", model, { status: refusal ? 422 : 200 });
