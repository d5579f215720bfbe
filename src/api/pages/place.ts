import { z } from "zod";
import { Invalid } from "../../errors.ts";
import type { Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { restoreRevision, revisePage } from "../../pages/commands.ts";
import { draftOf, renderDraft } from "../../pages/draft.ts";
import { getRevision } from "../../pages/history/queries.ts";
import { pageToEdit, placeToFill } from "../../pages/policy.ts";
import { findPage, getPage } from "../../pages/queries.ts";
import { restorePage } from "../../pages/trash/commands.ts";
import { getTrashedPage } from "../../pages/trash/queries.ts";
import { movePage } from "../../pages/tree/commands.ts";
import { pageMove, placeFrom } from "./fields.ts";
import { pageAnswer } from "./present.ts";
import { answerPage, ofPage } from "./routes.ts";

const restoration = z.strictObject({
  revision: z.int().min(1).max(2_147_483_647).exactOptional().describe("Left out: take the page out of the trash"),
});

type OfPage = z.infer<typeof ofPage>;

export const placeRoutes = [
  route({
    method: "post",
    path: "/api/v1/pages/:id/restore",
    needs: "member",
    summary: "Take a page out of the trash, or make an old revision the newest again",
    params: ofPage,
    body: restoration,
    answers: { status: 200, schema: pageAnswer },
    action: (ctx) => (ctx.body.revision === undefined ? untrash(ctx) : restore(ctx, ctx.body.revision)),
  }),
  route({
    method: "post",
    path: "/api/v1/pages/:id/move",
    needs: "member",
    summary: "Hang a page, with all below it, somewhere else; or call it something else",
    params: ofPage,
    body: pageMove,
    answers: { status: 200, schema: pageAnswer },
    action: (ctx) => move(ctx),
  }),
];

/** A page that is not in the trash stays where it is: asked twice, the answer is the same. */
const untrash = ({ write, t, params: { id } }: Ctx<"member", OfPage>): Promise<Reply> =>
  write(async (tx) => {
    const page = pageToEdit(tx.viewer, (await findPage(tx.read, id)) ?? (await getTrashedPage(tx.read, id)));
    if (page.trashed_at !== null) await restorePage(tx, page);
    return answerPage(tx, t, page);
  });

async function restore({ read, viewer, write, t, params: { id } }: Ctx<"member", OfPage>, n: number): Promise<Reply> {
  const page = pageToEdit(viewer, await getPage(read, id));
  const summary = t("pages.restoredSummary", { number: n });
  const draft = await renderDraft({ ...draftOf(await getRevision(read, page, n)), summary });
  return write(async (tx) => {
    const current = pageToEdit(tx.viewer, await getPage(tx.read, id));
    await restoreRevision(tx, current, { ...draft, base: page.revision, restoredFrom: n });
    return answerPage(tx, t, page);
  });
}

async function move(ctx: Ctx<"member", OfPage, unknown, z.infer<typeof pageMove>>): Promise<Reply> {
  const { read, viewer, write, t, params } = ctx;
  const { title, ...place } = ctx.body;
  if (Object.keys(ctx.body).length === 0) throw new Invalid({ parent: "api.moveWhere" });
  const page = pageToEdit(viewer, await getPage(read, params.id));
  const text = draftOf(await getRevision(read, page, page.revision));
  const renamed = title === undefined ? undefined : await renderDraft({ ...text, title });
  return write(async (tx) => {
    const before = pageToEdit(tx.viewer, await getPage(tx.read, page.id));
    if (Object.keys(place).length > 0)
      await movePage(tx, before, placeToFill(tx.viewer, await placeFrom(tx.read, place)));
    const moved = pageToEdit(tx.viewer, await getPage(tx.read, page.id));
    if (renamed) await revisePage(tx, moved, { ...renamed, base: page.revision });
    return answerPage(tx, t, page);
  });
}
