import { z } from "zod";
import { flash, redirect } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { draftOf } from "../draft.ts";
import { getRevision } from "../history/queries.ts";
import { pageUrl } from "../links/queries.ts";
import { pageToEdit } from "../policy.ts";
import { getPage, listTags } from "../queries.ts";
import { savePage } from "../saving.ts";
import type { Tags } from "../tags.ts";
import { readTags } from "./tag-names.ts";

const kind = z.enum(["customer", "product"]);
const ofKind = z.strictObject({ id: z.string().max(40), kind });
const ofTag = ofKind.extend({ tag: z.string().max(40) });

/** Customers and products of a page, one at a time; each change is a revision like any other. */
export const tagRoutes = [
  route({
    method: "post",
    path: "/pages/:id/tags/:kind",
    needs: "member",
    params: ofKind,
    body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
    action: async (ctx) => {
      const page = pageToEdit(ctx.viewer, await getPage(ctx.read, ctx.params.id));
      const present = await listTags(ctx.read, page);
      const typed = { customers: "", products: "", [fieldOf(ctx.params.kind)]: ctx.body.name };
      const added = await readTags(ctx.read, typed, present);
      const more = (now: Tags): Tags => ({
        customers: [...now.customers, ...added.customers],
        products: [...now.products, ...added.products],
      });
      return changeTags(ctx, more, ctx.t("pages.tagged", { name: ctx.body.name }));
    },
  }),
  route({
    method: "post",
    path: "/pages/:id/tags/:kind/:tag/removal",
    needs: "member",
    params: ofTag,
    action: async (ctx) => {
      const without = (now: Tags): Tags => ({
        customers: now.customers.filter((id) => id !== ctx.params.tag),
        products: now.products.filter((id) => id !== ctx.params.tag),
      });
      return changeTags(ctx, without, ctx.t("pages.tagsChanged"));
    },
  }),
];

const fieldOf = (one: z.infer<typeof kind>): keyof Tags => (one === "customer" ? "customers" : "products");

type Asked = Pick<Ctx<"member", { id: string }>, "read" | "viewer" | "write" | "params">;

async function changeTags(ctx: Asked, change: (now: Tags) => Tags, said: string) {
  const page = pageToEdit(ctx.viewer, await getPage(ctx.read, ctx.params.id));
  const now = draftOf(await getRevision(ctx.read, page, page.revision));
  return savePage(ctx, page.id, { ...now, ...change(now), base: page.revision }, (saved) =>
    redirect(pageUrl(saved), [flash(said)]),
  );
}
