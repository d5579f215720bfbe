import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { removeOwnedProduct, setOwnedProduct } from "../../customers/owned/commands.ts";
import { listOwnedProducts } from "../../customers/owned/queries.ts";
import { customerToEdit } from "../../customers/policy.ts";
import { getCustomer } from "../../customers/queries.ts";
import type { Customer } from "../../db/schema.ts";
import { Invalid, NotFound } from "../../errors.ts";
import { json, type Reply } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { findProduct } from "../../products/queries.ts";
import { day, maybe, name, text } from "../fields.ts";
import { listAnswer, paging, partOf } from "../paging.ts";

const ofCustomer = z.strictObject({ key: name.describe("Key or id of the customer") });
const oneOwned = ofCustomer.extend({ id: name });

const given = {
  quantity: z.int().min(0).max(1_000_000_000).exactOptional(),
  version: text(60),
  serial: text(200),
  since: day,
  until: day,
  note: text(20_000),
};

const ownedAnswer = z.strictObject({
  id: z.string(),
  product: z.strictObject({ code: z.string(), name: z.string() }),
  quantity: z.number(),
  version: maybe,
  serial: maybe,
  since: maybe,
  until: maybe,
  note: maybe,
  updated_at: z.string(),
});

const path = "/api/v1/customers/:key/products";

export const ownedProductRoutes = [
  route({
    method: "get",
    path,
    needs: "member",
    summary: "What a customer owns",
    params: ofCustomer,
    query: z.strictObject(paging),
    answers: { status: 200, schema: listAnswer(ownedAnswer) },
    action: async ({ read, params: { key }, query }) =>
      json(partOf(await listOwnedProducts(read, await getCustomer(read, key)), query, presentOwned)),
  }),
  route({
    method: "post",
    path,
    needs: "member",
    summary: "Say that a customer owns a product",
    params: ofCustomer,
    body: z.strictObject({ product: name.describe("Code or id"), ...given }),
    answers: { status: 201, schema: ownedAnswer },
    action: ({ write, params: { key }, body: { product: code, ...draft } }) =>
      write(async (tx) => {
        const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
        const product = await findProduct(tx.read, code);
        if (!product) throw new Invalid({ product: "interactions.productMissing" });
        const { id } = await setOwnedProduct(tx, customer, { product, ...draft });
        return answer(tx.read, customer, { id, status: 201 });
      }),
  }),
  route({
    method: "put",
    path: `${path}/:id`,
    needs: "member",
    summary: "Change what is said of a product a customer owns; what is left out stays as it is",
    params: oneOwned,
    body: z.strictObject(given),
    answers: { status: 200, schema: ownedAnswer },
    action: ({ write, params: { key, id }, body }) =>
      write(async (tx) => {
        const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
        const { product_id, quantity, version, serial, since, until, note } = await getOwn(tx.read, customer, id);
        const before = { quantity, version, serial, since, until, note };
        await setOwnedProduct(tx, customer, { ...before, ...body, id, product: { id: product_id } });
        return answer(tx.read, customer, { id, status: 200 });
      }),
  }),
  route({
    method: "delete",
    path: `${path}/:id`,
    needs: "member",
    summary: "Say that a customer owns a product no longer",
    params: oneOwned,
    answers: { status: 204 },
    action: ({ write, params: { key, id } }) =>
      write(async (tx) => {
        const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
        await removeOwnedProduct(tx, customer, id);
        return json(null, 204);
      }),
  }),
];

type Owned = Awaited<ReturnType<typeof listOwnedProducts>>[number];

const answer = async (
  read: Reader,
  customer: Customer,
  { id, status }: { id: string; status: number },
): Promise<Reply> => json(presentOwned(await getOwn(read, customer, id)), status);

/** @throws NotFound when it is nothing of this customer */
async function getOwn(read: Reader, customer: Customer, id: string): Promise<Owned> {
  const owned = (await listOwnedProducts(read, customer)).find((one) => one.id === id);
  if (!owned) throw new NotFound();
  return owned;
}

const presentOwned = (owned: Owned): z.infer<typeof ownedAnswer> => ({
  id: owned.id,
  product: { code: owned.code, name: owned.name },
  quantity: owned.quantity,
  version: owned.version,
  serial: owned.serial,
  since: owned.since,
  until: owned.until,
  note: owned.note,
  updated_at: owned.updated_at,
});
