import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import type { Tx } from "../../access/transaction.ts";
import type { Viewer } from "../../access/viewer.ts";
import { titleKey } from "../../analyzer/analyze.ts";
import type { Page, Space } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { flash, type Reply, redirect, page as show } from "../../http/reply.ts";
import { type Refusal, route } from "../../http/route.ts";
import type { T } from "../../i18n/i18n.ts";
import { findSpace, getSpace, listSpaces } from "../../spaces/queries.ts";
import { type FormState, field, fieldsInError } from "../../views/field.ts";
import { pageUrl } from "../links/queries.ts";
import { canEdit, canManage, type Place, pageToEdit, placeToFill } from "../policy.ts";
import { getPage } from "../queries.ts";
import { movePage } from "./commands.ts";

const ofPage = z.strictObject({ id: z.string().max(40) });
const target = z.strictObject({ space: z.string().max(100), parent: z.string().trim().max(300).default("") });

export const moveRoutes = [
  route({
    method: "get",
    path: "/pages/:id/move",
    needs: "member",
    params: ofPage,
    action: async ({ read, viewer, params, t }) => {
      const page = pageToEdit(viewer, await getPage(read, params.id));
      const space = await getSpace(read, page.space_id);
      const parent = page.parent_id === null ? undefined : await getPage(read, page.parent_id);
      return form({ read, viewer, t }, page, { values: { space: space.key, parent: parent?.title ?? "" }, errors: {} });
    },
  }),
  route({
    method: "post",
    path: "/pages/:id/move",
    needs: "member",
    params: ofPage,
    body: target,
    refused: async ({ read, viewer, params, t }, refusal: Refusal) =>
      form({ read, viewer, t }, pageToEdit(viewer, await getPage(read, params.id)), refusal),
    action: async (ctx) =>
      ctx.write(async (tx) => {
        const page = pageToEdit(tx.viewer, await getPage(tx.read, ctx.params.id));
        const moved = await movePage(tx, page, placeToFill(tx.viewer, await placeNamed(tx, ctx.body)));
        return redirect(pageUrl(moved), [flash(ctx.t("pages.moved"))]);
      }),
  }),
];

/** The place a form names: a space by key, and in it a page by title or id. @throws Invalid */
async function placeNamed(tx: Tx, named: z.infer<typeof target>): Promise<Place> {
  const space = await findSpace(tx.read, named.space);
  if (!space) throw new Invalid({ space: "pages.unknownSpace" });
  if (named.parent === "") return space;
  const parent = await tx.read
    .selectFrom("visible_pages")
    .selectAll()
    .where("space_id", "=", space.id)
    .where((eb) => eb.or([eb("title_key", "=", titleKey(named.parent)), eb("id", "=", named.parent)]))
    .orderBy("created_at")
    .orderBy("id")
    .executeTakeFirst();
  if (!parent) throw new Invalid({ parent: ["pages.unknownParent", { title: named.parent, space: space.name }] });
  return parent;
}

async function form(as: { read: Reader; viewer: Viewer; t: T }, page: Page, state: FormState): Promise<Reply> {
  const spaces = (await listSpaces(as.read)).filter((space) => isOpen(as.viewer, page, space));
  const options = spaces.map((space) => ({ value: space.key, label: space.name }));
  const space = field("space", as.t("pages.space"), state, { options });
  const parent = field("parent", as.t("pages.parent"), state, { hint: as.t("pages.parentHint") });
  const problems = fieldsInError([space, parent]);
  const model = {
    title: as.t("pages.moveTitle", { title: page.title }),
    page: { title: page.title, url: pageUrl(page) },
    space,
    parent,
    problems,
  };
  return show(
    "pages/move",
    { ...model, action: `/pages/${page.id}/move` },
    { status: problems.length > 0 ? 422 : 200 },
  );
}

/** Out of its space only managers may move a page, and only to where they may write. */
const isOpen = (viewer: Viewer, page: Page, space: Space): boolean =>
  canEdit(viewer, space) && (space.id === page.space_id || canManage(viewer, page));
