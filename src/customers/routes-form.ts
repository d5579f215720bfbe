import { z } from "zod";
import type { Reader } from "../access/reader.ts";
import { newId } from "../db/portable.ts";
import type { Customer } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { name } from "../forms/fields.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { inNameOrder } from "../i18n/order.ts";
import { listPeople } from "../people/directory.ts";
import { listPeopleById } from "../people/queries.ts";
import type { FormState } from "../views/field.ts";
import { changeCustomer, createCustomer } from "./commands.ts";
import { crumbsTo } from "./crumbs.ts";
import { customerFilter, customerForm } from "./forms.ts";
import { listContacted, listOwningPeople } from "./listing.ts";
import { canCreateCustomers, customersToEdit, customerToEdit } from "./policy.ts";
import { presentCustomerForm, typedOf } from "./present-form.ts";
import { presentCustomerList } from "./present-list.ts";
import { getCustomer, listCustomers, listCustomersById, listCustomerValues, listExternalIds } from "./queries.ts";
import { findNamesake, readCustomerForm } from "./read-form.ts";
import { customerUrl } from "./urls.ts";

const LISTED = 50;

type OfCustomer = { key: string };
type Named = { name?: string | undefined };
const ofCustomer = z.strictObject({ key: name });

/** All customers, and the forms in which they are written down. */
export const customerFormRoutes = [
  route({
    method: "get",
    path: "/customers",
    needs: "member",
    query: customerFilter,
    action: async (ctx) => {
      const { read, viewer, query } = ctx;
      const owners = await listOwningPeople(read);
      const owner = query.owner === "" ? undefined : (owners.find((one) => one.login === query.owner)?.id ?? "nobody");
      const list = await listCustomers(read, { ...query, owner, limit: LISTED });
      const contacted = await listContacted(read, list.items);
      const [tiers, regions] = [await listCustomerValues(read, "tier"), await listCustomerValues(read, "region")];
      const canCreate = canCreateCustomers(viewer);
      const listed = { asked: query, list, contacted, owners, tiers, regions, canCreate };
      return page("customers/index", presentCustomerList(ctx, listed));
    },
  }),
  route({
    method: "get",
    path: "/customers/new",
    needs: "member",
    query: z.strictObject({ name: z.string().max(200).optional() }),
    action: (ctx) => newCustomer(ctx),
  }),
  route({
    method: "post",
    path: "/customers/new",
    needs: "member",
    body: customerForm,
    refused: (ctx, refusal) => newCustomer({ ...ctx, query: {} }, refusal),
    action: ({ write, body, t }) =>
      write(async (tx) => {
        const proof = customersToEdit(tx.viewer);
        const namesake = body.another === "on" ? undefined : await findNamesake(tx.read, body.name);
        if (namesake) throw new Invalid({ name: ["customers.namesake", { name: namesake.name, key: namesake.key }] });
        const customer = await createCustomer(tx, proof, await readCustomerForm(tx.read, body));
        return redirect(customerUrl(customer), [flash(t("customers.made", { name: customer.name }))]);
      }),
  }),
  route({
    method: "get",
    path: "/c/:key/edit",
    needs: "member",
    params: ofCustomer,
    action: (ctx) => editCustomer(ctx),
  }),
  route({
    method: "post",
    path: "/c/:key/edit",
    needs: "member",
    params: ofCustomer,
    body: customerForm,
    refused: (ctx, refusal) => editCustomer(ctx, refusal),
    action: ({ write, params: { key }, body, t }) =>
      write(async (tx) => {
        const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
        const before = { customer, externalIds: await listExternalIds(tx.read, customer) };
        const changed = await changeCustomer(tx, customer, await readCustomerForm(tx.read, body, before));
        return redirect(customerUrl(changed), [flash(t("shared.saved"))]);
      }),
  }),
];

async function newCustomer(ctx: Ctx<"member", unknown, Named>, refusal?: Refusal): Promise<Reply> {
  const { viewer, t, deps, query } = ctx;
  customersToEdit(viewer);
  const state = refusal ?? { values: { name: query.name ?? "", owner: viewer.login }, errors: {} };
  const namesake = refusal?.fields.name;
  const askAnother = Array.isArray(namesake) && namesake[0] === "customers.namesake";
  return form(ctx, state, {
    title: t("customers.new"),
    askAnother,
    crumbs: [{ name: t("customers.title"), url: "/customers" }],
    cancelUrl: "/customers",
    idempotencyKey: newId(deps.random),
    status: refusal ? 422 : 200,
  });
}

async function editCustomer(ctx: Ctx<"member", OfCustomer>, refusal?: Refusal): Promise<Reply> {
  const { read, viewer, params, t } = ctx;
  const customer = customerToEdit(viewer, await getCustomer(read, params.key));
  const state = refusal ?? { values: typedOf(customer, await namesAround(read, customer)), errors: {} };
  return form(ctx, state, {
    title: t("customers.edit"),
    askAnother: false,
    crumbs: crumbsTo(t, customer),
    cancelUrl: customerUrl(customer),
    idempotencyKey: null,
    status: refusal ? 422 : 200,
  });
}

async function namesAround(read: Reader, customer: Customer) {
  const { owner_id, parent_id } = customer;
  return {
    owner: owner_id === null ? undefined : (await listPeopleById(read, [owner_id])).get(owner_id)?.login,
    parent: parent_id === null ? undefined : (await listCustomersById(read, [parent_id])).get(parent_id)?.key,
    externalIds: await listExternalIds(read, customer),
  };
}

type Form = {
  title: string;
  askAnother: boolean;
  crumbs: { name: string; url: string }[];
  cancelUrl: string;
  idempotencyKey: string | null;
  status: number;
};

async function form(
  { read, t, locale, now }: Pick<Ctx, "read" | "t" | "locale" | "now">,
  state: FormState,
  form: Form,
) {
  const { status, crumbs, cancelUrl, idempotencyKey, ...shown } = form;
  const suggested = {
    people: inNameOrder(await listPeople(read, { q: "", state: "active", now }), locale),
    regions: await listCustomerValues(read, "region"),
    industries: await listCustomerValues(read, "industry"),
    segments: await listCustomerValues(read, "segment"),
  };
  const model = presentCustomerForm(t, state, { ...shown, suggested });
  return page("customers/form", { ...model, crumbs, cancelUrl, idempotencyKey }, { status });
}
