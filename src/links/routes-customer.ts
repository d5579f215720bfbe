import { z } from "zod";
import { allow } from "../access/grant.ts";
import { crumbsTo } from "../customers/crumbs.ts";
import { canEditCustomer, customerToEdit } from "../customers/policy.ts";
import { getCustomer, getCustomerById } from "../customers/queries.ts";
import { customerUrl } from "../customers/urls.ts";
import type { Customer, Page } from "../db/schema.ts";
import { NotFound } from "../errors.ts";
import { name } from "../forms/fields.ts";
import { flash, type Reply, redirect, page as show } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { draftOf } from "../pages/draft.ts";
import { getRevision } from "../pages/history/queries.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { canEdit } from "../pages/policy.ts";
import { getPage } from "../pages/queries.ts";
import { savePage } from "../pages/saving.ts";
import { type Candidate, listCandidates } from "./candidates.ts";
import { linkKnowledge, unlinkKnowledge } from "./commands.ts";
import { targetToEdit } from "./policy.ts";
import { getLink } from "./queries.ts";

const ofCustomer = z.strictObject({ key: name });
const ofLink = z.strictObject({ key: name, id: name });
type OfCustomer = Ctx<"member", { key: string }>;
type OfLink = Ctx<"member", { key: string; id: string }>;

/** Pages of a customer: choosing one, and taking a link away. */
export const customerLinkRoutes = [
  route({
    method: "get",
    path: "/c/:key/links/new",
    needs: "member",
    params: ofCustomer,
    query: z.strictObject({ q: z.string().max(200).default("") }),
    action: async ({ read, viewer, params, query: { q }, t }) => {
      const customer = await getCustomer(read, params.key);
      const url = customerUrl(customer);
      const candidates = await listCandidates(read, customer, q);
      const may = (page: Candidate) => canEdit(viewer, page) || canEditCustomer(viewer, customer);
      return show("links/choose", {
        title: t("customers.linkPage"),
        crumbs: crumbsTo(t, customer),
        q,
        action: `${url}/links`,
        searchUrl: `${url}/links/new`,
        none: t("links.noPage"),
        pages: candidates.map((page) => ({
          ...page,
          url: pageUrl(page),
          canLink: !page.tagged && may(page),
          how: t(canEdit(viewer, page) ? "links.tagHint" : "links.linkHint"),
        })),
      });
    },
  }),
  route({
    method: "post",
    path: "/c/:key/links",
    needs: "member",
    params: ofCustomer,
    body: z.strictObject({ page: name }),
    action: async (ctx) => {
      const page = await getPage(ctx.read, ctx.body.page);
      const customer = await getCustomer(ctx.read, ctx.params.key);
      return canEdit(ctx.viewer, page) ? tagPage(ctx, customer, page) : linkPage(ctx, customer, page);
    },
  }),
  route({
    method: "get",
    path: "/c/:key/links/:id/removal",
    needs: "member",
    params: ofLink,
    action: async (ctx) => {
      const { link, customer } = await linkOf(ctx);
      const page = await getPage(ctx.read, link.page_id);
      const question = ctx.t("links.unlinkQuestion", { title: page.title });
      return show("shared/question", {
        title: question,
        question,
        consequence: ctx.t("links.unlinkWhat"),
        action: `${customerUrl(customer)}/links/${link.id}/removal`,
        label: ctx.t("links.unlink"),
        cancelUrl: customerUrl(customer),
        danger: true,
      });
    },
  }),
  route({
    method: "post",
    path: "/c/:key/links/:id/removal",
    needs: "member",
    params: ofLink,
    action: async (ctx) => {
      return ctx.write(async (tx) => {
        const { link, customer } = await linkOf({ read: tx.read, viewer: tx.viewer, params: ctx.params });
        const target = await targetToEdit(tx.read, tx.viewer, { kind: link.target_kind, id: link.target_id });
        await unlinkKnowledge(tx, link, target);
        return redirect(customerUrl(customer), [flash(ctx.t("links.unlinked"))]);
      });
    },
  }),
];

/** Who may edit a page tags it: a revision like any other, that history shows. */
async function tagPage(ctx: OfCustomer, customer: Customer, page: Page): Promise<Reply> {
  const now = draftOf(await getRevision(ctx.read, page, page.revision));
  const summary = ctx.t("links.tagSummary", { name: customer.short_name ?? customer.name });
  const changes = { ...now, customers: [...new Set([...now.customers, customer.id])], summary, base: page.revision };
  return savePage(ctx, page.id, changes, () => linked(ctx, customer, page));
}

/** Who may only read the page links to it from the customer's side. */
const linkPage = (ctx: OfCustomer, customer: Customer, page: Page): Promise<Reply> =>
  ctx.write(async (tx) => {
    const current = customerToEdit(tx.viewer, await getCustomerById(tx.read, customer.id));
    const seen = allow(tx.viewer, await getPage(tx.read, page.id), "view");
    await linkKnowledge(tx, { page: seen, target: { kind: "customer", customer: current }, relation: "about" });
    return linked(ctx, customer, page);
  });

const linked = ({ t }: OfCustomer, customer: Customer, page: Page): Reply =>
  redirect(`${customerUrl(customer)}#knowledge`, [flash(t("links.linked", { title: page.title }))]);

/** A link of this customer that the viewer may take away. */
async function linkOf({ read, viewer, params }: Pick<OfLink, "read" | "viewer" | "params">) {
  const customer = await getCustomer(read, params.key);
  const link = await getLink(read, params.id);
  if (link.customer_id !== customer.id) throw new NotFound();
  customerToEdit(viewer, customer);
  return { link, customer };
}
