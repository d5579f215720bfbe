import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
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
  const hash = await hashOf(createReadStream(from));
  const { size } = await stat(from);
  await keepOnce(placeOf(dataDir, hash), size, (partial) => copyFile(from, partial));
  return { hash, size, type: await typeOf(placeOf(dataDir, hash), from) };
};

/** The same for bytes that somebody sent; `name` is what they called them. */
export const storeBytes = async (dataDir: string, bytes: Uint8Array, name: string): Promise<StoredFile> => {
  const hash = await hashOf([bytes]);
  await keepOnce(placeOf(dataDir, hash), bytes.length, (partial) => writeFile(partial, bytes, { mode: 0o600 }));
  return { hash, size: bytes.length, type: await typeOf(placeOf(dataDir, hash), name) };
};

/** Where the file with this hash lies. */
export const placeOf = (dataDir: string, hash: string): string =>
  join(dataDir, "files", hash.slice(0, 2), encodeURIComponent(hash));

const hashOf = async (pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> => {
  const hash = createHash("sha256");
  for await (const bytes of pieces) hash.update(bytes);
  return hash.digest("base64url");
};

/** Writes beside the place and renames, so that a file is there whole or not at all. */
const keepOnce = async (place: string, size: number, write: (partial: string) => Promise<void>): Promise<void> => {
  const known = await stat(place).catch(() => undefined);
  if (known?.size === size) return;
  const partial = `${place}.${newId()}`;
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  try {
    await write(partial);
    await flush(partial);
    await rename(partial, place);
    await flush(dirname(place));
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
