import { z } from "zod";
import { allow } from "../access/grant.ts";
import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import { listContacts } from "../contacts/queries.ts";
import { crumbsTo } from "../customers/crumbs.ts";
import { canEditCustomer, customerToEdit } from "../customers/policy.ts";
import { getCustomer } from "../customers/queries.ts";
import { compareUrl, customerUrl, toldUrl } from "../customers/urls.ts";
import type { Page } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { name } from "../forms/fields.ts";
import { flash, type Reply, redirect, page as show } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { getRevision } from "../pages/history/queries.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { getPage } from "../pages/queries.ts";
import { getRendering } from "../pages/rendering.ts";
import { field } from "../views/field.ts";
import { linkKnowledge } from "./commands.ts";
import { targetToEdit } from "./policy.ts";
import { type HeldAnswer, listHeldAnswers, listOldAnswers } from "./told.ts";

const ofCustomer = z.strictObject({ key: name });
const revision = z.coerce.number().int().min(1).max(1_000_000_000);
const about = z.strictObject({ page: name, revision: revision.optional() });
type Telling = { page: string; revision?: number | undefined };
type Asked = Ctx<"member", { key: string }>;

/** What customers were told: recording it, and who holds an old answer. */
export const toldRoutes = [
  route({
    method: "get",
    path: "/c/:key/told/new",
    needs: "member",
    params: ofCustomer,
    query: about,
    action: (ctx) => tellForm(ctx, ctx.query),
  }),
  route({
    method: "post",
    path: "/c/:key/told",
    needs: "member",
    params: ofCustomer,
    refused: (ctx, refusal) =>
      tellForm(ctx, about.parse({ page: refusal.values.page, revision: refusal.values.revision }), refusal),
    body: z.strictObject({ page: name, revision, relation: z.enum(["told", "sent"]), contact: name.default("") }),
    action: ({ write, params: { key }, body, t }) =>
      write(async (tx) => {
        const customer = await getCustomer(tx.read, key);
        const page = allow(tx.viewer, await getPage(tx.read, body.page), "view");
        const target = await targetToEdit(
          tx.read,
          tx.viewer,
          body.contact === "" ? { kind: "customer", id: customer.id } : { kind: "contact", id: body.contact },
        );
        if (!("customer" in target) || target.customer.id !== customer.id)
          throw new Invalid({ contact: "interactions.contactMissing" });
        await linkKnowledge(tx, { page, revision: body.revision, target, relation: body.relation });
        return redirect(customerUrl(customer), [flash(t("links.toldDone", { title: page.title }))]);
      }),
  }),
  route({
    method: "get",
    path: "/told",
    needs: "member",
    action: async ({ read, viewer, t }) => {
      const answers = await listOldAnswers(read, viewer);
      return show("links/old", {
        title: t("links.oldTitle"),
        answers: answers.map((answer) => presentHeld(viewer, answer)),
      });
    },
  }),
  route({
    method: "get",
    path: "/pages/:id/told",
    needs: "member",
    params: z.strictObject({ id: name }),
    action: async ({ read, viewer, params, t }) => {
      const page = await getPage(read, params.id);
      const answers = await listHeldAnswers(read, page);
      return show("links/held", {
        title: t("links.heldTitle"),
        crumbs: [{ name: page.title, url: pageUrl(page) }],
        answers: answers.map((answer) => presentHeld(viewer, answer)),
        none: t("links.heldNone"),
      });
    },
  }),
];

async function tellForm({ read, viewer, params, t }: Asked, telling: Telling, refusal?: Refusal): Promise<Reply> {
  const customer = customerToEdit(viewer, await getCustomer(read, params.key));
  const page = await getPage(read, telling.page);
  const told = Math.min(telling.revision ?? page.revision, page.revision);
  const contacts = await listContacts(read, customer);
  const state = refusal ?? { values: { relation: "told" }, errors: {} };
  const options = contacts.map((one) => ({ value: one.id, label: [one.name, one.title].filter(Boolean).join(" · ") }));
  return show(
    "links/tell",
    {
      title: t("links.tellTitle", { name: customer.short_name ?? customer.name }),
      crumbs: crumbsTo(t, customer),
      page: { id: page.id, title: page.title, url: pageUrl(page), revision: told },
      action: `${customerUrl(customer)}/told`,
      cancelUrl: customerUrl(customer),
      words: await wordsToTell(read, page, told),
      relation: field("relation", t("links.how"), state, {
        required: true,
        options: (["told", "sent"] as const).map((value) => ({ value, label: t(`links.how.${value}`) })),
      }),
      contact: field("contact", t("links.toWhom"), state, { options, placeholder: t("links.toAll") }),
    },
    { status: refusal ? 422 : 200 },
  );
}

const presentHeld = (viewer: Viewer, answer: HeldAnswer) => ({
  ...answer,
  url: pageUrl({ id: answer.page_id, title: answer.title }),
  customer: { name: answer.customer_name, url: customerUrl({ key: answer.customer_key }) },
  compareUrl: answer.old ? compareUrl({ id: answer.page_id }, { from: answer.revision, to: answer.newest }) : null,
  againUrl:
    answer.old && mayTell(viewer, answer) ? toldUrl({ key: answer.customer_key }, { id: answer.page_id }) : null,
});

const mayTell = (viewer: Viewer, { customer_scope: scope_id }: HeldAnswer): boolean =>
  canEditCustomer(viewer, { scope_id });

/** What that revision lets customers know, paragraph by paragraph; "" when it says nothing to them. */
async function wordsToTell(read: Reader, page: Page, told: number): Promise<string> {
  return (await getRendering(read, await getRevision(read, page, told))).sayBlocks.join("\n\n");
}
