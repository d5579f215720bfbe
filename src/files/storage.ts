import { createHash } from "node:crypto";
import { createReadStream, type ReadStream } from "node:fs";
import { copyFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileTypeFromFile } from "file-type";
import { newId } from "../db/portable.ts";

/** A file in the store. `hash` is the SHA-256 of its bytes (base64url) and names it; `type` is what its first bytes say. */
export type StoredFile = { hash: string; size: number; type: string };

export const LARGEST_FILE = 50 * 1024 * 1024;

/**
 * Keeps a copy of a file under its hash; the same bytes are kept once. It is on the disk before the answer, so that a row
 * may name it.
 * @param dataDir folder of the instance's data
 */
export const storeFile = async (dataDir: string, from: string): Promise<StoredFile> => {
  const hash = await hashOf(from);
  const place = placeOf(dataDir, hash);
  const { size } = await stat(from);
  if ((await sizeOf(place)) !== size) await keep(from, place);
  return { hash, size, type: await typeOf(place, from) };
};

/** The bytes of a stored file. */
export const readStored = (dataDir: string, hash: string): ReadStream => createReadStream(placeOf(dataDir, hash));

/** Where the file with this hash lies. */
export const placeOf = (dataDir: string, hash: string): string =>
  join(dataDir, "files", hash.slice(0, 2), encodeURIComponent(hash));

const hashOf = async (file: string): Promise<string> => {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  return hash.digest("base64url");
};

const sizeOf = async (file: string): Promise<number | undefined> => (await stat(file).catch(() => undefined))?.size;

const keep = async (from: string, place: string): Promise<void> => {
  const partial = `${place}.${newId()}`;
  await mkdir(join(place, ".."), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, partial);
    await flush(partial);
    await rename(partial, place);
    await flush(join(place, ".."));
  } finally {
    await rm(partial, { force: true });
  }
};

const flush = async (path: string): Promise<void> => {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
};

/** What the bytes say counts, never the name, but for pictures in SVG, which are text. */
const typeOf = async (file: string, name: string): Promise<string> => {
  const found = (await fileTypeFromFile(file))?.mime;
  if (/\.svg$/i.test(name) && (found === undefined || found === "application/xml")) return "image/svg+xml";
  return found ?? (/\.(?:txt|csv|tsv|log|md|json|ya?ml)$/i.test(name) ? "text/plain" : "application/octet-stream");
};
