import { z } from "zod";
import { flash, redirect, page as show } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { listPeopleById } from "../../people/queries.ts";
import { getSpace } from "../../spaces/queries.ts";
import { pageUrl } from "../links/queries.ts";
import { pageToEdit } from "../policy.ts";
import { getPage } from "../queries.ts";
import { restorePage, trashPage } from "./commands.ts";
import { getTrashedPage, listTrash } from "./queries.ts";

const MOST_SHOWN = 200;
const ofPage = z.strictObject({ id: z.string().max(40) });
const trashUrl = (space: { key: string }): string => `/s/${encodeURIComponent(space.key)}/trash`;

export const trashRoutes = [
  route({
    method: "get",
    path: "/s/:space/trash",
    needs: "member",
    params: z.strictObject({ space: z.string().max(100) }),
    action: async ({ read, params, t }) => {
      const space = await getSpace(read, params.space);
      const pages = await listTrash(read, space, MOST_SHOWN);
      const people = await listPeopleById(
        read,
        pages.flatMap((page) => page.trashed_by ?? []),
      );
      return show("pages/trash", {
        title: `${t("spaces.trash")} · ${space.name}`,
        space: { name: space.name, url: `/s/${encodeURIComponent(space.key)}` },
        pages: pages.map((page) => ({
          ...page,
          by: people.get(page.trashed_by ?? "")?.name ?? "",
          restoreUrl: `/pages/${page.id}/trash/restoration`,
        })),
      });
    },
  }),
  route({
    method: "post",
    path: "/pages/:id/trash",
    needs: "member",
    params: ofPage,
    action: async (ctx) =>
      ctx.write(async (tx) => {
        const page = pageToEdit(tx.viewer, await getPage(tx.read, ctx.params.id));
        const space = await getSpace(tx.read, page.space_id);
        await trashPage(tx, page);
        return redirect(trashUrl(space), [flash(ctx.t("pages.trashed", { title: page.title }))]);
      }),
  }),
  route({
    method: "post",
    path: "/pages/:id/trash/restoration",
    needs: "member",
    params: ofPage,
    action: async (ctx) =>
      ctx.write(async (tx) => {
        const page = pageToEdit(tx.viewer, await getTrashedPage(tx.read, ctx.params.id));
        return redirect(pageUrl(await restorePage(tx, page)), [flash(ctx.t("shared.restored"))]);
      }),
  }),
];
