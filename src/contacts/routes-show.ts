import { z } from "zod";
import { canEditCustomer, canManageCustomer } from "../customers/policy.ts";
import { getCustomerById } from "../customers/queries.ts";
import { contactUrl } from "../customers/urls.ts";
import type { Contact } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { name } from "../forms/fields.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { dayIn } from "../interactions/days.ts";
import { listSaid } from "../interactions/queries.ts";
import { listLinkedPages } from "../links/queries.ts";
import { findErasureOf } from "../privacy/erase/queries.ts";
import { recordLook } from "../privacy/looks.ts";
import { recordConsent } from "./consents/commands.ts";
import { type ConsentForm, consentForm } from "./consents/forms.ts";
import { listConsents } from "./consents/queries.ts";
import { filledFields } from "./mask.ts";
import { contactToEdit } from "./policy.ts";
import { presentContact } from "./present.ts";
import { getContact } from "./queries.ts";

const SAID_SHOWN = 50;

type OfContact = { id: string };
const params = z.strictObject({ id: name });

export const showRoutes = [
  route({
    method: "get",
    path: "/contacts/:id",
    needs: "member",
    params,
    action: async (ctx) => showContact(ctx, await getContact(ctx.read, ctx.params.id)),
  }),
  route({
    method: "post",
    path: "/contacts/:id/looks",
    needs: "member",
    params,
    action: (ctx) =>
      ctx.write(async (tx) => {
        const contact = await getContact(tx.read, ctx.params.id);
        await recordLook(tx, contact, { how: "shown", fields: filledFields(contact) });
        return showContact({ ...ctx, read: tx.read }, contact, { shown: true });
      }),
  }),
  route({
    method: "post",
    path: "/contacts/:id/consents",
    needs: "member",
    params,
    body: consentForm,
    refused: async (ctx, consent) => {
      const { contact } = await contactToEdit(ctx.read, ctx.viewer, ctx.params.id);
      return showContact(ctx, contact, { consent });
    },
    action: ({ write, params: { id }, body, t }) =>
      write(async (tx) => {
        const { contact, customer } = await contactToEdit(tx.read, tx.viewer, id);
        await recordConsent(tx, customer, { contact, draft: draftOf(body, tx.now) });
        return redirect(contactUrl(contact), [flash(t("consents.recorded"))]);
      }),
  }),
];

/** Somebody who gives an earlier day gives no hour: noon is the middle of it. @throws Invalid for a day to come */
function draftOf({ on, ...draft }: ConsentForm, now: string) {
  if (!on || on === dayIn(now)) return draft;
  if (on > dayIn(now)) throw new Invalid({ on: "consents.futureRule" });
  return { ...draft, at: new Date(`${on}T12:00:00`).toISOString() };
}

type How = { shown?: boolean; consent?: Refusal };

async function showContact(
  { read, viewer, t }: Pick<Ctx<"member", OfContact>, "read" | "viewer" | "t">,
  contact: Contact,
  { shown = false, consent }: How = {},
): Promise<Reply> {
  const [customer, said, pages, stated, erasure] = await Promise.all([
    getCustomerById(read, contact.customer_id),
    listSaid(read, { contact }, { limit: SAID_SHOWN }),
    listLinkedPages(read, { kind: "contact", id: contact.id }),
    listConsents(read, contact),
    findErasureOf(read, contact),
  ]);
  const may = { edit: canEditCustomer(viewer, customer), manage: canManageCustomer(viewer, customer) };
  const form = consent ?? { values: { status: "withdrawn" }, errors: {} };
  const facts = { contact, customer, may, shown, said, pages, stated, consent: form, erasure };
  const model = presentContact(t, facts);
  return page("contacts/show", model, { status: consent ? 422 : 200 });
}
