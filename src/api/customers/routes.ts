import { z } from "zod";
import { changeCustomer, createCustomer } from "../../customers/commands.ts";
import { customersToEdit, customerToEdit } from "../../customers/policy.ts";
import { getCustomer, listCustomers } from "../../customers/queries.ts";
import { json, type Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { findPerson } from "../../people/queries.ts";
import { name } from "../fields.ts";
import { listAnswer, paging } from "../paging.ts";
import { customerChanges, customerDraft, newCustomer } from "./fields.ts";
import { customerAnswer, presentCustomers } from "./present.ts";

const params = z.strictObject({ key: name.describe("Key or id of the customer") });
const filters = z.strictObject({
  ...paging,
  q: z.string().max(200).optional().describe("Part of a name, alias or key, initials, or digits of a phone number"),
  tier: z.string().max(20).optional(),
  owner: z.string().max(100).optional().describe("Login of the person who looks after it"),
  region: z.string().max(100).optional(),
});

export const customerRoutes = [
  route({
    method: "get",
    path: "/api/v1/customers",
    needs: "member",
    summary: "The customers you can see, by their pinyin; archived ones are left out",
    query: filters,
    answers: { status: 200, schema: listAnswer(customerAnswer) },
    action: (ctx) => listAsked(ctx),
  }),
  route({
    method: "post",
    path: "/api/v1/customers",
    needs: "member",
    summary: "Add a customer",
    body: newCustomer,
    answers: { status: 201, schema: customerAnswer },
    action: ({ write, body }) =>
      write(async (tx) => {
        const scope = customersToEdit(tx.viewer);
        const made = await createCustomer(tx, scope, await customerDraft(tx.read, body));
        return json((await presentCustomers(tx.read, tx.viewer, [made]))[0], 201);
      }),
  }),
  route({
    method: "get",
    path: "/api/v1/customers/:key",
    needs: "member",
    summary: "One customer",
    params,
    answers: { status: 200, schema: customerAnswer },
    action: async ({ read, viewer, params: { key } }) =>
      json((await presentCustomers(read, viewer, [await getCustomer(read, key)]))[0]),
  }),
  route({
    method: "put",
    path: "/api/v1/customers/:key",
    needs: "member",
    summary: "Change a customer; what is left out stays as it is",
    params,
    body: customerChanges,
    answers: { status: 200, schema: customerAnswer },
    action: ({ write, params: { key }, body }) =>
      write(async (tx) => {
        const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
        const changed = await changeCustomer(tx, customer, await customerDraft(tx.read, body, customer));
        return json((await presentCustomers(tx.read, tx.viewer, [changed]))[0]);
      }),
  }),
];

async function listAsked({
  read,
  viewer,
  query: { owner, ...asked },
}: Ctx<"member", unknown, z.infer<typeof filters>>): Promise<Reply> {
  const ownedBy = owner === undefined ? {} : { owner: (await findPerson(read, owner))?.id ?? "nobody" };
  const { items, total, nextCursor } = await listCustomers(read, { ...asked, ...ownedBy });
  return json({ items: await presentCustomers(read, viewer, items), next_cursor: nextCursor, total });
}
