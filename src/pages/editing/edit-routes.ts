import { z } from "zod";
import { compareSafely } from "../../compare/safely.ts";
import type { Page } from "../../db/schema.ts";
import { flash, type Reply, redirect, page as show } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import type { T } from "../../i18n/i18n.ts";
import { listPeopleById } from "../../people/queries.ts";
import type { FormState } from "../../views/field.ts";
import type { SafeHtml } from "../../views/safe.ts";
import { presentBody } from "../body.ts";
import { renderBody } from "../draft.ts";
import { getRevision } from "../history/queries.ts";
import { pageUrl } from "../links/queries.ts";
import { pageToEdit } from "../policy.ts";
import { getPage, listTags } from "../queries.ts";
import { MergeConflict, savePage } from "../saving.ts";
import { doingUrl } from "../urls.ts";
import { FORM_LIMIT, readDraft, typeDraft, written } from "./forms.ts";
import { type Conflicting, presentForm, type Writing } from "./present.ts";

const ofPage = z.strictObject({ id: z.string().max(40) });
const revisionNumber = z.coerce.number().int().min(1).max(1_000_000_000);
const changed = written.extend({ base: revisionNumber });
type Asked = Pick<Ctx<"member", z.infer<typeof ofPage>>, "read" | "viewer" | "t" | "params" | "deps">;

export const editPageRoutes = [
  route({
    method: "get",
    path: "/pages/:id/edit",
    needs: "member",
    params: ofPage,
    action: async (ctx) => {
      const page = pageToEdit(ctx.viewer, await getPage(ctx.read, ctx.params.id));
      const revision = await getRevision(ctx.read, page, page.revision);
      const values = typeDraft(revision, await listTags(ctx.read, page));
      return form(ctx, page, { base: page.revision, state: { values, errors: {} } });
    },
  }),
  route({
    method: "post",
    path: "/pages/:id",
    needs: "member",
    params: ofPage,
    body: changed,
    limit: FORM_LIMIT,
    refused: (ctx, refusal) => formAgain(ctx, refusal),
    action: (ctx) => save(ctx),
  }),
  route({
    method: "post",
    path: "/pages/:id/preview",
    needs: "member",
    params: ofPage,
    body: changed,
    limit: FORM_LIMIT,
    refused: (ctx, refusal) => formAgain(ctx, refusal),
    action: async (ctx) => {
      const page = pageToEdit(ctx.viewer, await getPage(ctx.read, ctx.params.id));
      const preview = await presentBody(ctx, page, await renderBody(ctx.body.body));
      return form(ctx, page, { base: ctx.body.base, state: { values: ctx.body, errors: {} }, preview });
    },
  }),
];

async function save(ctx: Ctx<"member", z.infer<typeof ofPage>, unknown, z.infer<typeof changed>>): Promise<Reply> {
  const { base, ...typed } = ctx.body;
  const page = pageToEdit(ctx.viewer, await getPage(ctx.read, ctx.params.id));
  const draft = await readDraft(ctx.read, typed, await listTags(ctx.read, page));
  try {
    return await savePage(ctx, page.id, { ...draft, base }, (saved, merged) =>
      redirect(pageUrl(saved), [flash(ctx.t(merged ? "pages.merged" : "shared.saved"))]),
    );
  } catch (error) {
    if (error instanceof MergeConflict) return conflict(ctx, typed, error);
    throw error;
  }
}

/** Shows both texts. The form holds all that was typed, and saving it again means to have seen the other. */
async function conflict(ctx: Asked, typed: z.infer<typeof written>, error: MergeConflict): Promise<Reply> {
  const page = await getPage(ctx.read, ctx.params.id);
  const newest = await getRevision(ctx.read, page, error.current);
  const conflicting = {
    by: (await listPeopleById(ctx.read, [newest.author_id])).get(newest.author_id)?.name ?? "",
    revision: newest.n,
    comparison: await compareSafely({ before: newest.body, after: typed.body }),
  };
  return form(ctx, page, { base: newest.n, state: { values: typed, errors: {} }, conflict: conflicting });
}

async function formAgain(ctx: Asked, { values, errors }: Refusal): Promise<Reply> {
  const page = pageToEdit(ctx.viewer, await getPage(ctx.read, ctx.params.id));
  const base = revisionNumber.catch(page.revision).parse(values.base);
  return form(ctx, page, { base, state: { values, errors }, status: 422 });
}

type Shown = {
  base: number;
  state: FormState;
  preview?: SafeHtml;
  conflict?: Conflicting;
  status?: number;
};

async function form({ t, deps }: Asked, page: Page, shown: Shown): Promise<Reply> {
  const { base, state, status = shown.conflict ? 409 : 200, ...seen } = shown;
  return show("pages/edit", presentForm(t, writingOf(t, page, base, deps.random), state, seen), { status });
}

const writingOf = (t: T, page: Page, base: number, random: (size: number) => Buffer): Writing => ({
  heading: t("pages.editTitle", { title: page.title }),
  key: `page-${page.id}`,
  action: doingUrl(page),
  previewUrl: doingUrl(page, "preview"),
  cancelUrl: pageUrl(page),
  base,
  parent: "",
  hint: "",
  idempotencyKey: random(12).toString("base64url"),
});
