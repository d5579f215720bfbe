import { z } from "zod";
import { findContact } from "../contacts/queries.ts";
import { customerToManage } from "../customers/policy.ts";
import { getCustomer } from "../customers/queries.ts";
import { NotFound } from "../errors.ts";
import { name } from "../forms/fields.ts";
import { page } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { listLooks } from "./looks.ts";
import { presentLooks } from "./present-looks.ts";

const SHOWN = 50;

export const looksRoutes = [
  route({
    method: "get",
    path: "/c/:key/looks",
    needs: "member",
    params: z.strictObject({ key: name }),
    query: z.strictObject({ contact: name.optional(), cursor: z.string().max(1000).optional() }),
    action: async ({ read, viewer, params: { key }, query, t }) => {
      const customer = customerToManage(viewer, await getCustomer(read, key));
      const contact = query.contact === undefined ? undefined : await findContact(read, query.contact);
      if (query.contact !== undefined && contact?.customer_id !== customer.id) throw new NotFound();
      const of = { customer, ...(contact && { contact }) };
      const looks = await listLooks(read, of, { limit: SHOWN, cursor: query.cursor });
      return page("privacy/looks", presentLooks(t, { customer, contact, ...looks }));
    },
  }),
];
