import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { addContact, changeContact } from "../../contacts/commands.ts";
import { filledFields, masked } from "../../contacts/mask.ts";
import { getContact } from "../../contacts/queries.ts";
import { customerToEdit } from "../../customers/policy.ts";
import { findCustomer, getCustomerById } from "../../customers/queries.ts";
import { contactUrl } from "../../customers/urls.ts";
import type { Contact } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { recordLook } from "../../privacy/looks.ts";
import { maybe, name, text, words } from "../fields.ts";
import { listAnswer, paging } from "../paging.ts";
import { consentRoutes } from "./consents.ts";
import { type ContactRow, listContactRows } from "./queries.ts";

const given = {
  title: text(100).describe("What the card says"),
  role: text(100).describe("The part played with us"),
  email: text(200),
  mobile: text(60),
  wechat: text(100),
  preferred_channel: text(40),
  note: text(20_000),
};

const contactAnswer = z.strictObject({
  id: z.string(),
  customer: z.string().describe("Key"),
  url: z.string(),
  name: z.string(),
  title: maybe,
  role: maybe,
  email: maybe,
  mobile: maybe,
  wechat: maybe,
  preferred_channel: maybe,
  note: maybe,
  created_at: z.string(),
  updated_at: z.string(),
  archived_at: maybe,
  masked: z.boolean().describe("Whether phone, e-mail address and WeChat id are masked; sent back masked they stay"),
});

const params = z.strictObject({ id: name });

export const contactRoutes = [
  route({
    method: "get",
    path: "/api/v1/contacts",
    needs: "member",
    summary: "The contacts of a customer, or of all customers you can see",
    query: z.strictObject({ ...paging, customer: name.optional().describe("Key or id") }),
    answers: { status: 200, schema: listAnswer(contactAnswer) },
    action: async ({ read, query: { customer, ...asked } }) => {
      const of = customer === undefined ? undefined : ((await findCustomer(read, customer))?.id ?? "nobody");
      const { items, total, nextCursor } = await listContactRows(read, { ...asked, customerId: of });
      return json({ items: items.map(presentContact), next_cursor: nextCursor, total });
    },
  }),
  route({
    method: "post",
    path: "/api/v1/contacts",
    needs: "member",
    summary: "Add a contact to a customer",
    body: z.strictObject({ customer: name.describe("Key or id"), name: words(100), ...given }),
    answers: { status: 201, schema: contactAnswer },
    action: ({ write, body: { customer: key, ...draft } }) =>
      write(async (tx) => {
        const customer = await findCustomer(tx.read, key);
        if (!customer) throw new Invalid({ customer: "customers.parentMissing" });
        const made = await addContact(tx, customerToEdit(tx.viewer, customer), draft);
        return json(presentContact({ ...made, customer: customer.key }), 201);
      }),
  }),
  route({
    method: "get",
    path: "/api/v1/contacts/:id",
    needs: "member",
    summary: "One contact",
    params,
    answers: { status: 200, schema: contactAnswer },
    action: async ({ read, params: { id } }) =>
      json(presentContact(await withCustomer(read, await getContact(read, id)))),
  }),
  route({
    method: "put",
    path: "/api/v1/contacts/:id",
    needs: "member",
    summary: "Change a contact; what is left out stays as it is",
    params,
    body: z.strictObject({ name: words(100).exactOptional(), ...given }),
    answers: { status: 200, schema: contactAnswer },
    action: ({ write, params: { id }, body: changes }) =>
      write(async (tx) => {
        const contact = await getContact(tx.read, id);
        const customer = customerToEdit(tx.viewer, await getCustomerById(tx.read, contact.customer_id));
        const changed = await changeContact(tx, customer, { contact, changes });
        return json(presentContact({ ...changed, customer: customer.key }));
      }),
  }),
  route({
    method: "post",
    path: "/api/v1/contacts/:id/looks",
    needs: "member",
    summary: "One contact with nothing masked; that you looked is kept",
    params,
    answers: { status: 200, schema: contactAnswer },
    action: ({ write, params: { id } }) =>
      write(async (tx) => {
        const contact = await getContact(tx.read, id);
        await recordLook(tx, contact, { how: "shown", fields: filledFields(contact) });
        return json(present(await withCustomer(tx.read, contact), false));
      }),
  }),
  ...consentRoutes,
];

const withCustomer = async (read: Reader, contact: Contact): Promise<ContactRow> => ({
  ...contact,
  customer: (await getCustomerById(read, contact.customer_id)).key,
});

const presentContact = (row: ContactRow): z.infer<typeof contactAnswer> => present(masked(row), true);

const present = (row: ContactRow, isMasked: boolean): z.infer<typeof contactAnswer> => ({
  id: row.id,
  customer: row.customer,
  url: contactUrl(row),
  name: row.name,
  title: row.title,
  role: row.role,
  email: row.email,
  mobile: row.mobile,
  wechat: row.wechat,
  preferred_channel: row.preferred_channel,
  note: row.note,
  created_at: row.created_at,
  updated_at: row.updated_at,
  archived_at: row.archived_at,
  masked: isMasked,
});
