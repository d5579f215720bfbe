import type { RequestHandler } from "express";
import { z } from "zod";
import { Problem } from "../errors.ts";

/** A file sent with a form: its name as the sender has it, and its bytes. A form without a choice sends an empty one. */
export const sentFile = z
  .instanceof(File)
  .refine((file) => file.size > 0, "shared.form.required")
  .meta({ type: "string", format: "binary" });

/**
 * Reads a form with files into memory, at most `limit` bytes of it. Node parses it itself; the length that was announced
 * is the length that arrives, so a form is refused before its first byte.
 * @throws Problem 413 for a larger form or one without a length, 400 for one that cannot be read
 */
export const readUpload =
  (limit: number): RequestHandler =>
  async (req, _res, next) => {
    const type = req.get("content-type") ?? "";
    if (!req.is("multipart/form-data")) return next();
    if (!(Number(req.get("content-length")) <= limit))
      throw new Problem(413, "too_large", `A file may have at most ${Math.floor(limit / 1024 / 1024)} MB.`);
    const body: Uint8Array<ArrayBuffer>[] = [];
    for await (const bytes of req) body.push(bytes);
    try {
      req.body = Object.fromEntries(
        await new Response(new Blob(body), { headers: { "content-type": type } }).formData(),
      );
    } catch {
      throw new Problem(400, "malformed", "The form could not be read.");
    }
    next();
  };
