import { z } from "zod";
import type { Attachment } from "../db/schema.ts";
import { file, flash, json, redirect, page as show } from "../http/reply.ts";
import { type Route, route } from "../http/route.ts";
import { sentFile } from "../http/upload.ts";
import { pageUrl } from "../pages/links/queries.ts";
import { canEdit, pageToEdit } from "../pages/policy.ts";
import { getPage } from "../pages/queries.ts";
import { doingUrl } from "../pages/urls.ts";
import { attachFile, removeFile } from "./commands.ts";
import { presentFile } from "./present.ts";
import { getAttachment, listAttachments } from "./queries.ts";
import { placeOf, storeBytes } from "./storage.ts";

const params = z.strictObject({ id: z.string().max(40) });
const LARGEST = 20 * 1024 * 1024;

/** A file opens for whoever may see its page, and is changed by whoever may edit that. */
export const fileRoutes: Route[] = [
  route({
    method: "get",
    path: "/files/:id{/:name}",
    needs: "member",
    params: params.extend({ name: z.string().optional() }),
    action: async ({ read, params, deps }) => {
      const attachment = await getAttachment(read, params.id);
      const { hash, size } = attachment;
      return file({ path: placeOf(deps.config.dataDir, hash), size, etag: `"${hash}"` }, headersOf(attachment));
    },
  }),
  route({
    method: "get",
    path: "/pages/:id/files",
    needs: "member",
    params,
    action: async ({ read, viewer, params, t }) => {
      const page = await getPage(read, params.id);
      const files = (await listAttachments(read, page)).map(presentFile);
      const above = { title: page.title, url: pageUrl(page) };
      return show("files/list", {
        title: t("files.title"),
        page: above,
        files,
        attachUrl: canEdit(viewer, page) ? doingUrl(page, "files") : "",
      });
    },
  }),
  route({
    method: "post",
    path: "/pages/:id/files",
    needs: "member",
    upload: true,
    limit: LARGEST,
    params,
    query: z.strictObject({ as: z.literal("json").optional() }),
    body: z.strictObject({ file: sentFile }),
    action: async ({ read, viewer, write, params, query, body, deps, t }) => {
      pageToEdit(viewer, await getPage(read, params.id));
      const stored = await storeBytes(
        deps.config.dataDir,
        new Uint8Array(await body.file.arrayBuffer()),
        body.file.name,
      );
      return write(async (tx) => {
        const page = pageToEdit(tx.viewer, await getPage(tx.read, params.id));
        const attached = await attachFile(tx, page, { name: body.file.name, stored });
        if (query.as === "json") return json(presentFile(attached), 201);
        return redirect(doingUrl(page, "files"), [flash(t("files.attached", { name: attached.name }))]);
      });
    },
  }),
  route({
    method: "post",
    path: "/files/:id/removal",
    needs: "member",
    params,
    action: async ({ write, params, t }) =>
      write(async (tx) => {
        const removed = await getAttachment(tx.read, params.id);
        const page = pageToEdit(tx.viewer, await getPage(tx.read, removed.page_id));
        await removeFile(tx, page, removed);
        return redirect(doingUrl(page, "files"), [flash(t("files.removed", { name: removed.name }))]);
      }),
  }),
];

/** Pictures made of pixels run nothing; everything else is saved, not opened, so that it never runs on our site. */
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

/** A browser may keep a file, but asks each time whether it may still be shown. */
const headersOf = ({ name, type }: Attachment): Record<string, string> => ({
  "Content-Type": type,
  "Content-Disposition": `${SHOWN.has(type) ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escapeMark)}`,
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "private, no-cache",
});

/** RFC 8187 allows fewer marks than encodeURIComponent leaves. */
const escapeMark = (mark: string): string => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
