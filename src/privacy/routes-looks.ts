import { z } from "zod";
import { getContact } from "../contacts/queries.ts";
import { canManageCustomer, customerToManage } from "../customers/policy.ts";
import { getCustomer, getCustomerById } from "../customers/queries.ts";
import { contactUrl } from "../customers/urls.ts";
import type { Contact, Customer } from "../db/schema.ts";
import { name } from "../forms/fields.ts";
import { page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { listLooks } from "./looks.ts";
import { presentLooks } from "./present-looks.ts";

const SHOWN = 50;
const query = z.strictObject({ cursor: z.string().max(1000).optional() });

export const looksRoutes = [
  route({
    method: "get",
    path: "/c/:key/looks",
    needs: "member",
    params: z.strictObject({ key: name }),
    query,
    action: async (ctx) => {
      const customer = customerToManage(ctx.viewer, await getCustomer(ctx.read, ctx.params.key));
      return showLooks(ctx, { customer });
    },
  }),
  // Whoever looked stands at this address: those who may not see the list go back to the contact.
  route({
    method: "get",
    path: "/contacts/:id/looks",
    needs: "member",
    params: z.strictObject({ id: name }),
    query,
    action: async (ctx) => {
      const contact = await getContact(ctx.read, ctx.params.id);
      const customer = await getCustomerById(ctx.read, contact.customer_id);
      const mayRead = canManageCustomer(ctx.viewer, customer);
      return mayRead ? showLooks(ctx, { customer, contact }) : redirect(contactUrl(contact));
    },
  }),
];

type Shown = Pick<Ctx<"member", unknown, z.infer<typeof query>>, "read" | "query" | "t">;

async function showLooks(
  { read, query: { cursor }, t }: Shown,
  of: { customer: Customer; contact?: Contact },
): Promise<Reply> {
  const looks = await listLooks(read, of, { limit: SHOWN, cursor });
  return page("privacy/looks", presentLooks(t, { contact: undefined, ...of, ...looks }));
}
