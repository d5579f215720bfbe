import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { customerToEdit } from "../../customers/policy.ts";
import { findCustomer, getCustomerById } from "../../customers/queries.ts";
import { Invalid, NotFound } from "../../errors.ts";
import { json, type Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { changeInteraction, recordInteraction } from "../../interactions/commands.ts";
import { getInteraction } from "../../interactions/queries.ts";
import { findProduct } from "../../products/queries.ts";
import { name } from "../fields.ts";
import { listAnswer, paging } from "../paging.ts";
import { interactionChanges, interactionDraft, newInteraction } from "./fields.ts";
import { interactionAnswer, presentInteraction } from "./present.ts";
import { findInteractionRow, listInteractionRows } from "./queries.ts";

const params = z.strictObject({ id: name });
const filters = z.strictObject({
  ...paging,
  customer: name.optional().describe("Key or id"),
  product: name.optional().describe("Code or id"),
  status: z.enum(["open", "done"]).optional(),
});

export const interactionRoutes = [
  route({
    method: "get",
    path: "/api/v1/interactions",
    needs: "member",
    summary: "What was said with customers you can see, newest first",
    query: filters,
    answers: { status: 200, schema: listAnswer(interactionAnswer) },
    action: (ctx) => listAsked(ctx),
  }),
  route({
    method: "post",
    path: "/api/v1/interactions",
    needs: "member",
    summary: "Record what was said with a customer",
    body: newInteraction,
    answers: { status: 201, schema: interactionAnswer },
    action: ({ write, body: { customer: key, ...body } }) =>
      write(async (tx) => {
        const customer = await findCustomer(tx.read, key);
        if (!customer) throw new Invalid({ customer: "customers.parentMissing" });
        const draft = await interactionDraft(tx.read, body);
        const { id } = await recordInteraction(tx, customerToEdit(tx.viewer, customer), draft);
        return answer(tx.read, id, 201);
      }),
  }),
  route({
    method: "get",
    path: "/api/v1/interactions/:id",
    needs: "member",
    summary: "One interaction",
    params,
    answers: { status: 200, schema: interactionAnswer },
    action: ({ read, params: { id } }) => answer(read, id),
  }),
  route({
    method: "put",
    path: "/api/v1/interactions/:id",
    needs: "member",
    summary: "Change an interaction; what is left out stays as it is",
    params,
    body: interactionChanges,
    answers: { status: 200, schema: interactionAnswer },
    action: ({ write, params: { id }, body }) =>
      write(async (tx) => {
        const interaction = await getInteraction(tx.read, id);
        const customer = customerToEdit(tx.viewer, await getCustomerById(tx.read, interaction.customer_id));
        await changeInteraction(tx, customer, { interaction, changes: await interactionDraft(tx.read, body) });
        return answer(tx.read, id);
      }),
  }),
];

async function listAsked({ read, query }: Ctx<"member", unknown, z.infer<typeof filters>>): Promise<Reply> {
  const { customer, product, ...asked } = query;
  const { items, total, nextCursor } = await listInteractionRows(read, {
    ...asked,
    customerId: customer === undefined ? undefined : ((await findCustomer(read, customer))?.id ?? "nobody"),
    productId: product === undefined ? undefined : ((await findProduct(read, product))?.id ?? "nothing"),
  });
  return json({ items: items.map(presentInteraction), next_cursor: nextCursor, total });
}

/** @throws NotFound */
async function answer(read: Reader, id: string, status = 200): Promise<Reply> {
  const row = await findInteractionRow(read, id);
  if (!row) throw new NotFound();
  return json(presentInteraction(row), status);
}
