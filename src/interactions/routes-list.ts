import { z } from "zod";
import { listMyCustomers } from "../customers/mine.ts";
import { canEditCustomer } from "../customers/policy.ts";
import { getCustomer, listCustomers, listCustomersById } from "../customers/queries.ts";
import { customerUrl } from "../customers/urls.ts";
import type { Customer } from "../db/schema.ts";
import { name } from "../forms/fields.ts";
import { page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { presentInteractionList } from "./present.ts";
import { listChannels, listRecentCustomers, listSaid } from "./queries.ts";

const SAID_SHOWN = 50;
const CUSTOMERS_SHOWN = 20;

const chosen = z.strictObject({ customer: z.string().max(200).default(""), q: z.string().trim().max(200).default("") });
type Choosing = Ctx<"member", unknown, z.infer<typeof chosen>>;

export const interactionListRoutes = [
  route({
    method: "get",
    path: "/interactions/new",
    needs: "member",
    query: chosen,
    action: (ctx) => chooseCustomer(ctx),
  }),
  route({
    method: "get",
    path: "/c/:key/interactions",
    needs: "member",
    params: z.strictObject({ key: name }),
    query: z.strictObject({ channel: z.string().max(40).default(""), cursor: z.string().max(1000).optional() }),
    action: async ({ read, viewer, params: { key }, query: { channel, cursor }, t }) => {
      const customer = await getCustomer(read, key);
      const channels = await listChannels(read, customer);
      const said = await listSaid(read, { customer, channel }, { limit: SAID_SHOWN, cursor });
      const canEdit = canEditCustomer(viewer, customer);
      return page("interactions/index", presentInteractionList(t, { customer, canEdit, channel, channels, said }));
    },
  }),
];

/** Where it is known which customer is meant, nothing is asked. */
async function chooseCustomer(ctx: Choosing): Promise<Reply> {
  const { read, query, t } = ctx;
  if (query.customer !== "") return redirect(recordUrl(await getCustomer(read, query.customer)));
  const found = query.q === "" ? null : await findEditable(ctx, query.q);
  const [only, ...others] = found ?? [];
  if (only && others.length === 0) return redirect(recordUrl(only));
  return page("interactions/choose", {
    title: t("interactions.new"),
    q: query.q,
    found: found?.map(presentChoice) ?? null,
    recent: found === null ? (await listLikely(ctx)).map(presentChoice) : [],
  });
}

async function findEditable({ read, viewer }: Choosing, q: string): Promise<Customer[]> {
  const { items } = await listCustomers(read, { q, limit: CUSTOMERS_SHOWN });
  return items.filter((customer) => canEditCustomer(viewer, customer));
}

/** Those the viewer spoke with last, then those they take care of. */
async function listLikely({ read, viewer }: Choosing): Promise<Customer[]> {
  const ids = await listRecentCustomers(read, viewer);
  const byId = await listCustomersById(read, ids);
  const recent = ids.flatMap((id) => byId.get(id) ?? []).filter((customer) => customer.archived_at === null);
  const likely = new Map([...recent, ...(await listMyCustomers(read, viewer))].map((one) => [one.id, one]));
  return [...likely.values()].filter((customer) => canEditCustomer(viewer, customer)).slice(0, CUSTOMERS_SHOWN);
}

const recordUrl = (customer: Pick<Customer, "key">): string => `${customerUrl(customer)}/interactions/new`;

const presentChoice = (customer: Customer) => ({
  name: customer.name,
  url: recordUrl(customer),
  details: [customer.short_name, customer.industry, customer.region].filter(Boolean).join(" · "),
});
