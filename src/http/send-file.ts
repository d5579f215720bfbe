import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import type { Reply } from "./reply.ts";

type FileReply = Extract<Reply, { kind: "file" }>;

/**
 * Sends a stored file, or the one part of it that was asked for (RFC 9110 §14), or word that the asker's copy is still right.
 * @throws Error before anything is said when it is not there
 */
export async function sendFile(req: Request, res: Response, { path, size, etag, headers }: FileReply): Promise<void> {
  await using file = await open(path);
  res.set({ ...headers, ETag: etag, "Accept-Ranges": "bytes" });
  if (req.fresh) return void res.status(304).end();
  const asked = askedPart(req, { size, etag });
  if (asked === "none") return void res.status(416).set("Content-Range", `bytes */${size}`).end();
  const { start, end } = asked ?? { start: 0, end: size - 1 };
  if (asked) res.status(206).set("Content-Range", `bytes ${start}-${end}/${size}`);
  res.set("Content-Length", String(end - start + 1));
  if (req.method === "HEAD" || size === 0) res.end();
  else await pipeline(file.createReadStream({ start, end, autoClose: false }), res);
}

/** Nothing: all of it. Several parts at once are answered with all of it, too, as RFC 9110 allows. */
function askedPart(
  req: Request,
  { size, etag }: Pick<FileReply, "size" | "etag">,
): { start: number; end: number } | "none" | undefined {
  const isOfAnother = (req.get("if-range") ?? etag) !== etag;
  const ranges = isOfAnother ? undefined : req.range(size);
  if (ranges === -1) return "none";
  return Array.isArray(ranges) && ranges.type === "bytes" && ranges.length === 1 ? ranges[0] : undefined;
}
