import { z } from "zod";
import { listEveryonesLevels } from "../access/effect.ts";
import { allow } from "../access/grant.ts";
import type { Reader } from "../access/reader.ts";
import { type Group, getGroup, listGrouped } from "../customers/group-queries.ts";
import { moveToGroup } from "../customers/groups.ts";
import { customerToManage } from "../customers/policy.ts";
import type { Customer } from "../db/schema.ts";
import { Conflict, NotFound } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { fingerprint } from "./choices.ts";
import { nameOfGroup } from "./customers.ts";
import { summarize } from "./effect.ts";
import { listCompany } from "./names.ts";
import { presentEffect } from "./present-effect.ts";
import { presentGrouping } from "./present-grouping.ts";
import { listPermissions } from "./queries.ts";
import { GROUPS_URL, groupUrl } from "./urls.ts";

const PATH = `${GROUPS_URL}/:group/customers`;
const q = z.string().trim().max(100).default("");
const params = z.strictObject({ group: z.string().max(200) });
const chosen = z
  .union([z.string().max(200), z.array(z.string().max(200)).max(200)])
  .default([])
  .transform((customers) => [customers].flat());
const form = z.strictObject({ customer: chosen, q, base: z.string().max(50).default("") });

type OfGroup = { group: string };
type Posted = Ctx<"member", OfGroup, unknown, z.infer<typeof form>>;
type Seen = Pick<Posted, "deps" | "read" | "t" | "body" | "now" | "params">;

/** Which customers are in a group, and which of the others are put into it. */
export const groupingRoutes = [
  route({
    method: "get",
    path: PATH,
    needs: "member",
    params,
    query: z.strictObject({ q, put: z.string().max(200).optional() }),
    action: (ctx) => {
      const { q, put } = ctx.query;
      return put === undefined ? show(ctx, { q }) : preview({ ...ctx, body: { q, customer: [put], base: "" } }, {});
    },
  }),
  route({
    method: "post",
    path: `${PATH}/preview`,
    needs: "member",
    params,
    body: form,
    action: (ctx) => preview(ctx, {}),
  }),
  route({ method: "post", path: PATH, needs: "member", params, body: form, action: (ctx) => save(ctx) }),
];

type Shown = {
  q: string;
  chosen?: Customer[];
  base?: string;
  effect?: ReturnType<typeof presentEffect>;
  problem?: string;
  status?: number;
};

async function show(
  { read, t, params }: Pick<Seen, "read" | "t" | "params">,
  { status = 200, ...shown }: Shown,
): Promise<Reply> {
  const group = await getGroup(read, params.group);
  const [inside, others] = [
    await listGrouped(read, { q: "", group, inside: true }),
    await listGrouped(read, { q: shown.q, group, inside: false }),
  ];
  const model = presentGrouping(t, { ...shown, group, name: nameOfGroup(t, group), inside, others });
  return page("permissions/grouping", model, { status });
}

/** Shows who would gain and lose which customers; nothing is changed. */
async function preview(ctx: Seen, shown: { problem?: string; status?: number }): Promise<Reply> {
  const { deps, read, t, body, now, params } = ctx;
  const group = await getGroup(read, params.group);
  const chosen = await listChosen(read, group, body.customer);
  const sources = [...Map.groupBy(chosen, (customer) => customer.scope_id)];
  const levels = await listEveryonesLevels(deps.db, now, [group.id, ...sources.map(([id]) => id)]);
  const places = sources.map(([id, customers]) => ({ id, before: id, after: group.id, count: customers.length }));
  const effect = summarize(levels, levels, [{ name: nameOfGroup(t, group), unit: "customers", places }]);
  const presented = presentEffect(t, { ...effect, untouched: 0 }, (await listCompany(read)).people);
  const base = await baseOf(read, group, chosen);
  return show(ctx, { ...shown, q: body.q, chosen, base, ...(chosen.length > 0 ? { effect: presented } : {}) });
}

async function save(ctx: Posted): Promise<Reply> {
  const { write, body, params, t } = ctx;
  const saved = write(async (tx) => {
    const group = await getGroup(tx.read, params.group);
    const chosen = await listChosen(tx.read, group, body.customer);
    if ((await baseOf(tx.read, group, chosen)) !== body.base) throw new Conflict("The permissions changed meanwhile.");
    const scope = allow(tx.viewer, { scope_id: group.id }, "manage");
    for (const customer of chosen) await moveToGroup(tx, customerToManage(tx.viewer, customer), scope);
    return redirect(`${groupUrl(group)}/customers`, [flash(t("access.grouped", { count: chosen.length }))]);
  });
  return saved.catch((error) => {
    if (!(error instanceof Conflict)) throw error;
    return preview(ctx, { problem: t("access.stale"), status: 409 });
  });
}

/** @throws NotFound for a customer that is not among those which can be put into the group */
async function listChosen(read: Reader, group: Group, ids: string[]): Promise<Customer[]> {
  const others = await listGrouped(read, { q: "", group, inside: false });
  return [...new Set(ids)].map((id) => {
    const customer = others.find((one) => one.id === id);
    if (!customer) throw new NotFound();
    return customer;
  });
}

/** What was shown: the permissions of the group, and of where the customers come from. */
async function baseOf(read: Reader, group: Group, chosen: Customer[]): Promise<string> {
  const ids = [...new Set([group.id, ...chosen.map((customer) => customer.scope_id)])].sort();
  const said = await listPermissions(read, ids);
  return fingerprint(ids.flatMap((id) => said.get(id) ?? []));
}
