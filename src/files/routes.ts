import { z } from "zod";
import type { Attachment } from "../db/schema.ts";
import { bytes } from "../http/reply.ts";
import { type Route, route } from "../http/route.ts";
import { getAttachment } from "./queries.ts";
import { readStored } from "./storage.ts";

const id = z.string().max(40);

/** A file opens for whoever may see its page. */
export const fileRoutes: Route[] = [
  route({
    method: "get",
    path: "/files/:id{/:name}",
    needs: "member",
    params: z.strictObject({ id, name: z.string().optional() }),
    action: async ({ read, params, deps }) => {
      const file = await getAttachment(read, params.id);
      return bytes(readStored(deps.config.dataDir, file.hash), headersOf(file));
    },
  }),
];

/** Pictures made of pixels run nothing; everything else is saved, not opened, so that it never runs on our site. */
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

const headersOf = ({ name, type, size }: Attachment): Record<string, string> => ({
  "Content-Type": type,
  "Content-Length": String(size),
  "Content-Disposition": `${SHOWN.has(type) ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escapeMark)}`,
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "private, max-age=300",
});

/** RFC 8187 allows fewer marks than encodeURIComponent leaves. */
const escapeMark = (mark: string): string => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
