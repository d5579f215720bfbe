import type { RequestHandler } from "express";
import { NotFound } from "../errors.ts";
import { ASSET_CACHE, type Assets } from "../views/assets.ts";

/** Sends the bundled files of static/, already compressed; their names change with their content. */
export const serveAssets =
  (assets: Assets): RequestHandler =>
  (req, res) => {
    const asset = assets.find(req.baseUrl + req.path);
    if (!asset || req.method !== "GET") throw new NotFound();
    res.set({ "Content-Type": asset.type, "Cache-Control": ASSET_CACHE, Vary: "Accept-Encoding" });
    const encoding = req.acceptsEncodings("br", "gzip");
    if (encoding === "br") res.set("Content-Encoding", "br").end(asset.brotli);
    else if (encoding === "gzip") res.set("Content-Encoding", "gzip").end(asset.gzip);
    else res.end(asset.body);
  };
