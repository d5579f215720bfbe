import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { compareSafely } from "../../compare/safely.ts";
import type { Page, Revision } from "../../db/schema.ts";
import { Conflict } from "../../errors.ts";
import { flash, redirect, page as show } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { listPeopleById } from "../../people/queries.ts";
import { presentBody } from "../body.ts";
import { restoreRevision } from "../commands.ts";
import { draftOf, parseIds, renderDraft } from "../draft.ts";
import { pageUrl } from "../links/queries.ts";
import { canEdit, pageToEdit } from "../policy.ts";
import { getPage } from "../queries.ts";
import { getRendering } from "../rendering.ts";
import { type Names, presentComparison, presentHistory, tagChanges } from "./present.ts";
import { getRevision, listRevisions } from "./queries.ts";

const LINES = 50;
const ofPage = z.strictObject({ id: z.string().max(40) });
const number = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const ofRevision = ofPage.extend({ n: number });

/** Everything below a page stands under /pages/:id/…, because in /p/:id/:slug the slug may be any word. */
export const revisionsUrl = (page: Pick<Page, "id">): string => `/pages/${page.id}/revisions`;

export const historyRoutes = [
  route({
    method: "get",
    path: "/pages/:id/revisions",
    needs: "member",
    params: ofPage,
    query: z.strictObject({ before: number.optional() }),
    action: async ({ read, params, query, t }) => {
      const page = await getPage(read, params.id);
      const lines = await listRevisions(read, page, {
        limit: LINES + 1,
        ...(query.before ? { before: query.before } : {}),
      });
      const names = await namesIn(read, lines);
      const at = { url: revisionsUrl(page), newest: page.revision, from: lines[1]?.n ?? 1, to: lines[0]?.n ?? 1 };
      const older = lines.length > LINES ? `${at.url}?before=${lines[LINES - 1]?.n}` : "";
      return show("pages/history", {
        ...headOf(page, t("pages.history")),
        lines: presentHistory(lines, names, at).slice(0, LINES),
        several: lines.length > 1,
        older,
      });
    },
  }),
  route({
    method: "get",
    path: "/pages/:id/compare",
    needs: "member",
    params: ofPage,
    query: z.strictObject({ from: number, to: number }),
    action: async ({ read, params, query, t }) => {
      const page = await getPage(read, params.id);
      const [from, to] = [query.from, query.to].sort((a, b) => a - b);
      const [before, after] = await Promise.all([getRevision(read, page, from ?? 1), getRevision(read, page, to ?? 1)]);
      const names = await namesIn(read, [before, after]);
      return show("pages/compare", {
        ...headOf(page, t("pages.compare")),
        before: presentRevision(page, before, names),
        after: presentRevision(page, after, names),
        retitled: before.title !== after.title,
        tags: tagChanges(before, after, names),
        comparison: presentComparison(await compareSafely({ before: before.body, after: after.body })),
      });
    },
  }),
  route({
    method: "get",
    path: "/pages/:id/revisions/:n",
    needs: "member",
    params: ofRevision,
    action: async ({ read, viewer, params, t }) => {
      const page = await getPage(read, params.id);
      const revision = await getRevision(read, page, params.n);
      const names = await namesIn(read, [revision]);
      return show("pages/revision", {
        ...headOf(page, t("pages.revisionOf", { number: revision.n })),
        revision: presentRevision(page, revision, names),
        tags: tagChanges(undefined, revision, names),
        body: await presentBody({ read, viewer, t }, page, await getRendering(read, revision)),
        source: revision.body,
        newest: revision.n === page.revision,
        canRestore: revision.n !== page.revision && canEdit(viewer, page),
        base: page.revision,
      });
    },
  }),
  route({
    method: "post",
    path: "/pages/:id/revisions/:n/restoration",
    needs: "member",
    params: ofRevision,
    body: z.strictObject({ base: number }),
    action: restore,
  }),
];

async function restore(ctx: Ctx<"member", z.infer<typeof ofRevision>, unknown, { base: number }>) {
  const { read, viewer, params, t } = ctx;
  const page = pageToEdit(viewer, await getPage(read, params.id));
  const revision = await getRevision(read, page, params.n);
  const summary = t("pages.restoredSummary", { number: revision.n });
  const draft = await renderDraft({ ...draftOf(revision), summary });
  return ctx.write(async (tx) => {
    const current = pageToEdit(tx.viewer, await getPage(tx.read, page.id));
    if (current.revision !== ctx.body.base)
      throw new Conflict("Someone saved this page after you opened this revision.");
    const restored = await restoreRevision(tx, current, { ...draft, base: ctx.body.base, restoredFrom: revision.n });
    return redirect(pageUrl(restored), [flash(t("pages.restored", { number: revision.n }))]);
  });
}

const headOf = (page: Page, title: string) => ({
  title: `${title} · ${page.title}`,
  heading: title,
  page: {
    title: page.title,
    url: pageUrl(page),
    revisionsUrl: revisionsUrl(page),
    compareUrl: `/pages/${page.id}/compare`,
  },
});

const presentRevision = (page: Page, revision: Revision, names: Names) => ({
  n: revision.n,
  url: `${revisionsUrl(page)}/${revision.n}`,
  title: revision.title,
  author: names.people.get(revision.author_id)?.name ?? "",
  created_at: revision.created_at,
  summary: revision.summary,
});

async function namesIn(
  read: Reader,
  revisions: Pick<Revision, "customers" | "products" | "author_id">[],
): Promise<Names> {
  const ids = (column: "customers" | "products") => [
    "",
    ...new Set(revisions.flatMap((revision) => parseIds(revision[column]))),
  ];
  const [customers, products, people] = await Promise.all([
    read
      .selectFrom("visible_customers")
      .select(["id", "name", "short_name"])
      .where("id", "in", ids("customers"))
      .orderBy("id")
      .execute(),
    read
      .selectFrom("visible_products")
      .select(["id", "name"])
      .where("id", "in", ids("products"))
      .orderBy("id")
      .execute(),
    listPeopleById(
      read,
      revisions.map((revision) => revision.author_id),
    ),
  ]);
  return {
    customers: new Map(customers.map((customer) => [customer.id, customer.short_name ?? customer.name])),
    products: new Map(products.map((product) => [product.id, product.name])),
    people,
  };
}
