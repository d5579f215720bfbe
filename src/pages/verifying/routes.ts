import { z } from "zod";
import type { Page } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { day } from "../../forms/fields.ts";
import { flash, type Reply, redirect, page as show } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import { dayIn } from "../../interactions/days.ts";
import { field } from "../../views/field.ts";
import { pageUrl } from "../links/queries.ts";
import { pageToEdit } from "../policy.ts";
import { getPage } from "../queries.ts";
import { doingUrl } from "../urls.ts";
import { unverifyPage, verifyPage } from "./commands.ts";

const ofPage = z.strictObject({ id: z.string().max(40) });
const revision = z.coerce.number().int().min(1).max(1_000_000_000);
type Asked = Ctx<"member", { id: string }>;

/** Saying that a page is right, until when, and taking it back. */
export const verifyingRoutes = [
  route({
    method: "get",
    path: "/pages/:id/verification",
    needs: "member",
    params: ofPage,
    action: (ctx) => form(ctx),
  }),
  route({
    method: "post",
    path: "/pages/:id/verification",
    needs: "member",
    params: ofPage,
    body: z.strictObject({ revision, review_at: day }),
    refused: (ctx, refusal) => form(ctx, refusal),
    action: ({ write, params, body, now, t }) =>
      write(async (tx) => {
        const page = pageToEdit(tx.viewer, await getPage(tx.read, params.id));
        const reviewAt = body.review_at ?? inHalfAYear(now);
        if (reviewAt <= dayIn(now)) throw new Invalid({ review_at: "pages.reviewInFuture" });
        await verifyPage(tx, page, { revision: body.revision, reviewAt });
        return redirect(pageUrl(page), [flash(t("pages.verifiedNow"))]);
      }),
  }),
  route({
    method: "post",
    path: "/pages/:id/verification/removal",
    needs: "member",
    params: ofPage,
    action: ({ write, params, t }) =>
      write(async (tx) => {
        const page = pageToEdit(tx.viewer, await getPage(tx.read, params.id));
        await unverifyPage(tx, page);
        return redirect(pageUrl(page), [flash(t("pages.unverifiedNow"))]);
      }),
  }),
];

async function form({ read, viewer, params, t, now }: Asked, refusal?: Refusal): Promise<Reply> {
  const page: Page = pageToEdit(viewer, await getPage(read, params.id));
  const state = refusal ?? { values: { review_at: inHalfAYear(now) }, errors: {} };
  const hint = t("pages.reviewHint");
  const title = t("pages.verifyTitle", { title: page.title });
  return show(
    "pages/verify",
    {
      title,
      crumbs: [{ name: page.title, url: pageUrl(page) }],
      page: { revision: page.revision, url: pageUrl(page) },
      review: field("review_at", t("pages.reviewDate"), state, { type: "date", required: true, hint }),
      action: doingUrl(page, "verification"),
      removeUrl: page.verified_by === null ? null : doingUrl(page, "verification/removal"),
    },
    { status: refusal ? 422 : 200 },
  );
}

const HALF_A_YEAR = 182 * 86_400_000;
const inHalfAYear = (now: string): string => dayIn(new Date(Date.parse(now) + HALF_A_YEAR).toISOString());
