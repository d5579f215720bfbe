import { z } from "zod";
import { page as show } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { findPersonName, listPeopleById } from "../people/queries.ts";
import { getSpace, listSpaces } from "../spaces/queries.ts";
import { spaceUrl } from "../spaces/urls.ts";
import { presentBody } from "./body.ts";
import { listBacklinks, pageUrl } from "./links/queries.ts";
import { canEdit, canManage } from "./policy.ts";
import { presentPage } from "./present.ts";
import { getPage, getPageToRead, listLabelled, listRecentPages, listTagsOf } from "./queries.ts";
import { findTold } from "./told.ts";
import { presentTree } from "./tree/present.ts";
import { listAncestors, listTree } from "./tree/queries.ts";
import { newPageUrl } from "./urls.ts";

const RECENT = 20;
const MOST_LISTED = 200;
const ofPage = z.strictObject({ id: z.string().max(40) });
const ofSlug = ofPage.extend({ slug: z.string().max(1000) });

export const pageRoutes = [
  route({
    method: "get",
    path: "/p/:id",
    needs: "member",
    params: ofPage,
    action: (ctx) => showPage(ctx, ctx.params.id),
  }),
  route({
    method: "get",
    path: "/p/:id/:slug",
    needs: "member",
    params: ofSlug,
    action: (ctx) => showPage(ctx, ctx.params.id),
  }),
  route({
    method: "get",
    path: "/s/:space",
    needs: "member",
    params: z.strictObject({ space: z.string().max(100) }),
    action: (ctx) => showSpace(ctx, ctx.params.space),
  }),
  route({
    method: "get",
    path: "/pages/:id/backlinks",
    needs: "member",
    params: ofPage,
    action: async ({ read, params, t }) => {
      const page = await getPage(read, params.id);
      const pages = (await listBacklinks(read, page)).map((link) => ({ title: link.title, url: pageUrl(link) }));
      const crumbs = [{ name: page.title, url: pageUrl(page) }];
      return show("pages/list", {
        title: t("links.backlinks"),
        crumbs,
        pages: pages.map(inList),
        none: t("links.noBacklinks"),
      });
    },
  }),
  route({
    method: "get",
    path: "/labels/:label",
    needs: "member",
    params: z.strictObject({ label: z.string().max(100) }),
    action: async ({ read, params, t }) => {
      const pages = await listLabelled(read, params.label, MOST_LISTED);
      const spaces = new Map((await listSpaces(read)).map((space) => [space.id, space.name]));
      const listed = pages.map((page) => ({
        title: page.title,
        url: pageUrl(page),
        at: page.updated_at,
        place: spaces.get(page.space_id) ?? "",
      }));
      const title = t("pages.labelled", { label: params.label });
      return show("pages/list", { title, crumbs: [], pages: listed, none: t("pages.noneLabelled") });
    },
  }),
];

type Asked = Pick<Ctx, "read" | "viewer" | "t" | "locale" | "now">;

async function showPage(ctx: Asked, id: string) {
  const { read } = ctx;
  const toRead = await getPageToRead(read, id);
  const { page, space } = toRead;
  const ancestors = await listAncestors(read, page);
  const [tree, tags, backlinks, author, owner, told, verifier, body] = await Promise.all([
    listTree(read, space.id, [...ancestors.map((above) => above.id), page.id]),
    listTagsOf(read, page, toRead.revision),
    listBacklinks(read, page),
    findPersonName(read, page.updated_by),
    findPersonName(read, page.owner_id ?? ""),
    findTold(read, page),
    page.verified_by === null ? undefined : findPersonName(read, page.verified_by),
    presentBody(ctx, page, toRead.rendered),
  ]);
  return show(
    "pages/show",
    presentPage(ctx, toRead, body, { ancestors, tree, tags, backlinks, author, owner, told, verifier }),
    { within: spaceUrl(space) },
  );
}

async function showSpace({ read, viewer, t }: Asked, key: string) {
  const space = await getSpace(read, key);
  const [tree, recent] = await Promise.all([
    listTree(read, space.id, []),
    listRecentPages(read, { spaceId: space.id, limit: RECENT }),
  ]);
  const people = await listPeopleById(
    read,
    recent.map((page) => page.updated_by),
  );
  const mayEdit = canEdit(viewer, space);
  const url = spaceUrl(space);
  const urls = {
    new: newPageUrl(space),
    trash: `${url}/trash`,
    permissions: `${url}/permissions`,
    settings: `${url}/settings`,
  };
  return show("pages/space", {
    title: space.name,
    description: space.description,
    tree: presentTree(tree, { open: [] }),
    recent: recent.map((page) => ({
      title: page.title,
      url: pageUrl(page),
      at: page.updated_at,
      by: people.get(page.updated_by)?.name ?? "",
    })),
    can: { edit: mayEdit, manage: canManage(viewer, space) },
    urls,
    first: mayEdit ? { url: urls.new, label: t("pages.new") } : null,
  });
}

const inList = (page: { title: string; url: string }) => ({ ...page, at: "", place: "" });
