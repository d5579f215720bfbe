import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

export type Asset = {
  /** `main.css` */
  name: string;
  /** `/assets/main-1f9c03ab.css`: changes with the content, so it may be cached for ever. */
  url: string;
  type: string;
  body: Buffer;
  gzip: Buffer;
  brotli: Buffer;
};

export type Assets = {
  /** The URL of an asset by its name. Throws when there is none. */
  url: (name: string) => string;
  /** The asset served at a URL path. */
  find: (path: string) => Asset | undefined;
  all: readonly Asset[];
};

/** For answers that carry an asset. */
export const ASSET_CACHE = "public, max-age=31536000, immutable";

/**
 * Bundles the files of `static/` in memory: css/main.css and every script directly in js/ become one file each, with
 * all they import; images pass as they are. js/behaviours/ holds what js/main.js imports. Throws on a broken import.
 */
export const buildAssets = async (dir: string): Promise<Assets> => {
  const files = [...(await bundled(dir)), ...images(dir)];
  const all = await Promise.all(files.map(({ name, body }) => asset(name, body)));
  const byName = new Map(all.map((one) => [one.name, one]));
  const byUrl = new Map(all.map((one) => [one.url, one]));
  const url = (name: string): string => {
    const found = byName.get(name);
    if (found === undefined) throw new Error(`no asset is called ${name}`);
    return found.url;
  };
  return { url, find: (path) => byUrl.get(path), all };
};

type File = { name: string; body: Buffer };

const bundled = async (dir: string): Promise<File[]> => {
  const entries = [join(dir, "css/main.css"), ...globSync(join(dir, "js/*.js"))].filter((path) => existsSync(path));
  const { outputFiles } = await build({
    entryPoints: entries,
    entryNames: "[name]",
    outdir: "out",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["chrome111", "firefox115", "safari16.4"],
    legalComments: "none",
    logLevel: "silent",
  });
  return outputFiles.map((file) => ({ name: basename(file.path), body: Buffer.from(file.contents) }));
};

const images = (dir: string): File[] =>
  globSync(join(dir, "*.{svg,png,webmanifest}")).map((path) => ({ name: basename(path), body: readFileSync(path) }));

const asset = async (name: string, body: Buffer): Promise<Asset> => {
  const [zipped, brotlied] = await Promise.all([
    promisify(gzip)(body, { level: 9 }),
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  ]);
  const extension = extname(name);
  const fingerprint = createHash("sha256").update(body).digest("hex").slice(0, 8);
  const url = `/assets/${basename(name, extension)}-${fingerprint}${extension}`;
  return { name, url, type: TYPES[extension] ?? "application/octet-stream", body, gzip: zipped, brotli: brotlied };
};

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};
