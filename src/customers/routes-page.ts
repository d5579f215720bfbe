import { z } from "zod";
import { newId } from "../db/portable.ts";
import type { Customer } from "../db/schema.ts";
import { name } from "../forms/fields.ts";
import { packed, page, type Reply } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { listPeopleById } from "../people/queries.ts";
import { hueOf, initialOf } from "../views/frame.ts";
import { countWaiting, listMyCustomers } from "./mine.ts";
import { canEditCustomer, canManageCustomer, isConfidential } from "./policy.ts";
import { presentHits, presentKinds, presentKnowledge } from "./present-knowledge.ts";
import {
  lastContactOf,
  presentContacts,
  presentExternalIds,
  presentFacts,
  presentHead,
  presentLog,
  presentOwned,
  presentPromises,
} from "./present-page.ts";
import { getCustomer, listCustomersById, listExternalIds } from "./queries.ts";
import { customerUrl } from "./urls.ts";
import { findInWorld, packWorld } from "./world/index.ts";
import { listWorld, type World } from "./world/queries.ts";
import { timelineOf } from "./world/timeline.ts";

const SHOWN = 12;
const MOST_SHOWN = 500;
const CHANGES = 6;

const PARTS = ["knowledge", "timeline"] as const;
type Part = (typeof PARTS)[number];
const asked = z.strictObject({
  q: z.string().max(500).default(""),
  all: z.enum(PARTS).optional(),
});
type OfCustomer = { key: string };
type Shown = Ctx<"member", OfCustomer, z.infer<typeof asked>>;
const params = z.strictObject({ key: name });

export const customerPageRoutes = [
  route({ method: "get", path: "/c/:key", needs: "member", params, query: asked, action: (ctx) => showCustomer(ctx) }),
  route({
    method: "get",
    path: "/c/:key/index.json",
    needs: "member",
    params,
    action: async ({ read, viewer, params: { key }, t, locale, now }) => {
      const customer = await getCustomer(read, key);
      const audience = { customer, t, locale, now, canTell: canEditCustomer(viewer, customer) };
      const world = await listWorld(read, customer);
      return packed(await packWorld(read, world, audience), { "Content-Type": "application/json; charset=utf-8" });
    },
  }),
];

async function showCustomer(ctx: Shown): Promise<Reply> {
  const { read, query, t } = ctx;
  const customer = await getCustomer(read, ctx.params.key);
  const world = await listWorld(read, customer);
  const [center, right, left] = await Promise.all([
    presentCenter(ctx, customer, world),
    presentRight(ctx, customer, world),
    presentLeft(ctx, customer),
  ]);
  const found = query.q.trim() === "" ? null : await search(ctx, customer, world);
  return page("customers/show", {
    title: customer.name,
    ...center,
    right,
    left,
    found,
    kinds: presentKinds(ctx),
    searchHint: t("customers.searchHint"),
  });
}

async function presentCenter(ctx: Shown, customer: Customer, world: World) {
  const { read, viewer, query, t } = ctx;
  const canEdit = canEditCustomer(viewer, customer);
  const owner = customer.owner_id && (await listPeopleById(read, [customer.owner_id])).get(customer.owner_id)?.name;
  const url = customerUrl(customer);
  return {
    head: presentHead(
      customer,
      {
        owner: owner || null,
        confidential: isConfidential(customer),
        canEdit,
        canManage: canManageCustomer(viewer, customer),
      },
      ctx,
    ),
    note: customer.note,
    promises: presentPromises(world, ctx, canEdit),
    search: {
      q: query.q,
      url,
      label: t("customers.searchIn", { name: customer.short_name ?? customer.name }),
      indexUrl: `${url}/index.json`,
      everywhereUrl: everywhereUrl(query.q, customer),
    },
    ...presentParts(ctx, customer, world),
    log: canEdit ? presentLog(customer, world.contacts, ctx) : null,
    idempotencyKey: newId(ctx.deps.random),
    linkUrl: canEdit ? `${url}/links/new` : null,
    interactionsUrl: `${url}/interactions`,
  };
}

/** Knowledge and timeline, each cut to what fits on the page unless all of it was asked for. */
function presentParts(ctx: Shown, customer: Customer, world: World) {
  const { viewer, query, t } = ctx;
  const limitOf = (part: Part) => (query.all === part ? MOST_SHOWN : SHOWN);
  const cut = <Row>(part: Part, rows: Row[], total: number) => ({
    total,
    rows,
    allUrl: query.all !== part && total > rows.length ? `${customerUrl(customer)}?all=${part}#${part}` : null,
  });
  const canEdit = canEditCustomer(viewer, customer);
  const pages = presentKnowledge(world.pages, { customer, canEdit, limit: limitOf("knowledge") }, ctx);
  const timeline = timelineOf(world, { t, limit: limitOf("timeline") });
  return {
    knowledge: cut("knowledge", pages, world.pages.length),
    timeline: cut("timeline", timeline, world.said.length + world.told.length),
  };
}

async function presentRight(ctx: Shown, customer: Customer, world: World) {
  const { read, viewer } = ctx;
  const canEdit = canEditCustomer(viewer, customer);
  const parent = customer.parent_id && (await listCustomersById(read, [customer.parent_id])).get(customer.parent_id);
  const since = lastContactOf(world.said);
  const changes = since === undefined ? [] : world.pages.filter((one) => one.at > since);
  const url = customerUrl(customer);
  return {
    contacts: presentContacts(world.contacts, ctx),
    looksUrl: canManageCustomer(viewer, customer) && world.contacts.length > 0 ? `${url}/looks` : null,
    newContactUrl: canEdit ? `${url}/contacts/new` : null,
    owned: presentOwned(world.products),
    ownedUrl: canEdit ? `${url}/owned` : null,
    changes: { total: changes.length, rows: presentKnowledge(changes, { customer, canEdit, limit: CHANGES }, ctx) },
    facts: presentFacts(customer, parent || undefined, ctx),
    externalIds: presentExternalIds(await listExternalIds(read, customer)),
  };
}

async function presentLeft({ read, viewer, now }: Shown, customer: Customer) {
  const [mine, waiting] = await Promise.all([listMyCustomers(read, viewer), countWaiting(read, viewer, now)]);
  return {
    mine: mine.slice(0, SHOWN).map((one) => ({
      name: one.short_name ?? one.name,
      url: customerUrl(one),
      letter: initialOf(one.short_name ?? one.name),
      hue: hueOf(one.key),
      current: one.id === customer.id,
    })),
    more: mine.length > SHOWN ? `/customers?owner=${encodeURIComponent(viewer.login)}` : null,
    overdue: waiting.overdue,
    oldAnswers: waiting.oldAnswers,
  };
}

async function search(ctx: Shown, customer: Customer, world: World) {
  const { read, viewer, query, t, locale, now } = ctx;
  const canTell = canEditCustomer(viewer, customer);
  const { hits, total } = await findInWorld(read, world, { customer, t, locale, now, canTell, text: query.q });
  return {
    total,
    hits: presentHits(hits, ctx),
    none: t("customers.foundNone", { query: query.q }),
  };
}

/** The search of the whole wiki, narrowed to this customer: it knows every word of the pages. */
const everywhereUrl = (q: string, customer: Customer): string =>
  `/search?${new URLSearchParams({ q, customer: customer.key })}`;
