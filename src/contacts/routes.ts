import { z } from "zod";
import { crumbsTo } from "../customers/crumbs.ts";
import { customerToEdit } from "../customers/policy.ts";
import { getCustomer } from "../customers/queries.ts";
import { contactUrl, customerUrl } from "../customers/urls.ts";
import { newId } from "../db/portable.ts";
import { name } from "../forms/fields.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { addContact, archiveContact, changeContact } from "./commands.ts";
import { contactForm } from "./forms.ts";
import { masked } from "./mask.ts";
import { contactToEdit } from "./policy.ts";
import { presentContactForm } from "./present.ts";
import { showRoutes } from "./routes-show.ts";

type OfCustomer = { key: string };
type OfContact = { id: string };
const ofCustomer = z.strictObject({ key: name });
const ofContact = z.strictObject({ id: name });

export const contactRoutes = [
  ...showRoutes,
  route({
    method: "get",
    path: "/c/:key/contacts/new",
    needs: "member",
    params: ofCustomer,
    action: (ctx) => newContact(ctx),
  }),
  route({
    method: "post",
    path: "/c/:key/contacts/new",
    needs: "member",
    params: ofCustomer,
    body: contactForm,
    refused: (ctx, refusal) => newContact(ctx, refusal),
    action: ({ write, params: { key }, body, t }) =>
      write(async (tx) => {
        const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
        const contact = await addContact(tx, customer, body);
        return redirect(customerUrl(customer), [flash(t("contacts.made", { name: contact.name }))]);
      }),
  }),
  route({
    method: "get",
    path: "/contacts/:id/edit",
    needs: "member",
    params: ofContact,
    action: (ctx) => editContact(ctx),
  }),
  route({
    method: "post",
    path: "/contacts/:id/edit",
    needs: "member",
    params: ofContact,
    body: contactForm,
    refused: (ctx, refusal) => editContact(ctx, refusal),
    action: ({ write, params: { id }, body: changes, t }) =>
      write(async (tx) => {
        const { contact, customer } = await contactToEdit(tx.read, tx.viewer, id);
        await changeContact(tx, customer, { contact, changes });
        return redirect(customerUrl(customer), [flash(t("shared.saved"))]);
      }),
  }),
  route({
    method: "get",
    path: "/contacts/:id/archive",
    needs: "member",
    params: ofContact,
    action: async ({ read, viewer, params: { id }, t }) => {
      const { contact } = await contactToEdit(read, viewer, id);
      const url = contactUrl(contact);
      const question = t("contacts.leaveAsk", { name: contact.name });
      return page("shared/question", {
        title: question,
        question,
        consequence: t("contacts.leaveMeans"),
        action: `${url}/archive`,
        label: t("contacts.leave"),
        cancelUrl: url,
        danger: true,
      });
    },
  }),
  route({
    method: "post",
    path: "/contacts/:id/archive",
    needs: "member",
    params: ofContact,
    action: ({ write, params: { id }, t }) =>
      write(async (tx) => {
        const { contact, customer } = await contactToEdit(tx.read, tx.viewer, id);
        await archiveContact(tx, customer, contact);
        return redirect(customerUrl(customer), [flash(t("contacts.leftDone", { name: contact.name }))]);
      }),
  }),
];

async function newContact({ read, viewer, params, t, deps }: Ctx<"member", OfCustomer>, refusal?: Refusal) {
  const customer = customerToEdit(viewer, await getCustomer(read, params.key));
  return form(refusal, {
    ...presentContactForm(t, refusal ?? { values: {}, errors: {} }),
    title: t("contacts.new"),
    crumbs: crumbsTo(t, customer),
    cancelUrl: customerUrl(customer),
    idempotencyKey: newId(deps.random),
  });
}

async function editContact({ read, viewer, params, t }: Ctx<"member", OfContact>, refusal?: Refusal) {
  const { contact, customer } = await contactToEdit(read, viewer, params.id);
  return form(refusal, {
    ...presentContactForm(t, refusal ?? { values: masked(contact), errors: {} }, contact),
    title: t("contacts.edit"),
    crumbs: [...crumbsTo(t, customer), { name: contact.name, url: contactUrl(contact) }],
    cancelUrl: contactUrl(contact),
    idempotencyKey: null,
  });
}

const form = (refusal: Refusal | undefined, model: object): Reply =>
  page("contacts/form", model, { status: refusal ? 422 : 200 });
