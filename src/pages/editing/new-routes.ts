import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import type { Page, Space } from "../../db/schema.ts";
import { flash, type Reply, redirect, page as show } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import { getSpace, listSpaces } from "../../spaces/queries.ts";
import { spaceUrl } from "../../spaces/urls.ts";
import type { FormState } from "../../views/field.ts";
import { presentBody } from "../body.ts";
import { createPage } from "../commands.ts";
import { renderBody, renderDraft } from "../draft.ts";
import { pageUrl } from "../links/queries.ts";
import { canEdit, type Place, placeToFill } from "../policy.ts";
import { getPage } from "../queries.ts";
import { newPageUrl } from "../urls.ts";
import { FORM_LIMIT, readDraft, written } from "./forms.ts";
import { presentForm, type Writing } from "./present.ts";

const ofSpace = z.strictObject({ space: z.string().max(100) });
const prefilled = z.strictObject({ title: z.string().max(200).default(""), parent: z.string().max(40).optional() });
const body = written.extend({ parent: z.string().max(40).optional() });
type Typed = z.infer<typeof body>;
type Asked = Pick<Ctx<"member", z.infer<typeof ofSpace>>, "read" | "viewer" | "t" | "params" | "deps">;

export const newPageRoutes = [
  route({
    method: "get",
    path: "/pages/new",
    needs: "member",
    query: z.strictObject({ title: z.string().max(200).optional() }),
    action: async ({ read, viewer, query, t }) => {
      const spaces = (await listSpaces(read)).filter((space) => canEdit(viewer, space));
      const options = spaces.map((space) => ({ ...space, url: newPageUrl(space, query.title) }));
      return options.length === 1 && options[0]
        ? redirect(options[0].url)
        : show("pages/choose-space", { title: t("pages.chooseSpace"), spaces: options });
    },
  }),
  route({
    method: "get",
    path: "/s/:space/new",
    needs: "member",
    params: ofSpace,
    query: prefilled,
    action: async (ctx) => form(ctx, ctx.query.parent, { values: { title: ctx.query.title }, errors: {} }),
  }),
  route({
    method: "post",
    path: "/s/:space/pages",
    needs: "member",
    params: ofSpace,
    body,
    limit: FORM_LIMIT,
    refused: (ctx, refusal) => formAgain(ctx, refusal),
    action: async (ctx) => {
      const { parent, ...typed } = ctx.body;
      const draft = await renderDraft(await readDraft(ctx.read, typed));
      return ctx.write(async (tx) => {
        const place = await placeIn(tx.read, await getSpace(tx.read, ctx.params.space), parent);
        const created = await createPage(tx, placeToFill(tx.viewer, place), draft);
        return redirect(pageUrl(created), [flash(ctx.t("shared.saved"))]);
      });
    },
  }),
  route({
    method: "post",
    path: "/s/:space/preview",
    needs: "member",
    params: ofSpace,
    body,
    limit: FORM_LIMIT,
    refused: (ctx, refusal) => formAgain(ctx, refusal),
    action: (ctx) => preview(ctx, ctx.body),
  }),
];

/** The space itself, or a page of it that the new one goes below. @throws NotFound */
async function placeIn(read: Reader, space: Space, parent: string | undefined): Promise<Place> {
  return parent ? getPage(read, parent) : space;
}

async function preview(ctx: Asked, typed: Typed): Promise<Reply> {
  const space = await getSpace(ctx.read, ctx.params.space);
  const rendered = await renderBody(typed.body);
  return form(
    ctx,
    typed.parent,
    { values: typed, errors: {} },
    {
      preview: await presentBody(ctx, { space_id: space.id }, rendered),
    },
  );
}

const formAgain = (ctx: Asked, { values, errors }: Refusal): Promise<Reply> => {
  const parent = typeof values.parent === "string" ? values.parent : undefined;
  return form(ctx, parent, { values, errors }, { status: 422 });
};

async function form(
  { read, viewer, t, params, deps }: Asked,
  parent: string | undefined,
  state: FormState,
  seen: { preview?: Awaited<ReturnType<typeof presentBody>>; status?: number } = {},
): Promise<Reply> {
  const space = await getSpace(read, params.space);
  const place = placeToFill(viewer, await placeIn(read, space, parent));
  const above: Page | undefined = "space_id" in place ? place : undefined;
  const writing: Writing = {
    heading: t("pages.new"),
    key: `new-${above?.id ?? space.id}`,
    action: `${spaceUrl(space)}/pages`,
    previewUrl: `${spaceUrl(space)}/preview`,
    cancelUrl: above ? pageUrl(above) : spaceUrl(space),
    base: 0,
    parent: above?.id ?? "",
    hint: t("pages.belowHint", { title: above?.title ?? space.name }),
    idempotencyKey: deps.random(12).toString("base64url"),
  };
  const { status = 200, ...shown } = seen;
  return show("pages/edit", presentForm(t, writing, state, shown), { status });
}
