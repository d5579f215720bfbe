import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Db, openDatabase } from "../db/open.ts";
import { placeOf } from "../files/storage.ts";
import { type ArchivedFile, writeTar } from "./tar.ts";

/** What a backup holds, written last: without it the backup is not whole. Sizes in bytes, hashes SHA-256 in hex. */
type Manifest = { format: 1; made_at: string; files: { name: string; size: number; sha256: string }[] };

export const MANIFEST = "manifest.json";
export const DATABASE = "zhike.db";

/**
 * Saves the whole instance, as it is at one moment, into one file: a tar of the database and all attached files. The server
 * may go on. The file appears under its name only when it is complete and on the disk.
 * @returns names of attached files that are missing on the disk
 */
export const backUp = async (
  { db, dataDir, now }: { db: Db; dataDir: string; now: string },
  to: string,
): Promise<string[]> => {
  const work = await mkdtemp(join(dirname(to), ".zhike-backup-"));
  const partial = join(work, "backup.tar");
  const missing: string[] = [];
  try {
    await db.engine.saveCopy(join(work, DATABASE));
    const hashes = await listHashes(work);
    const files = archive(work, { dataDir, hashes, now, missing });
    await pipeline(Readable.from(writeTar(files)), createWriteStream(partial, { mode: 0o600 }));
    await flush(partial);
    await rename(partial, to);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return missing;
};

/** The attached files that the saved copy of the database names. */
const listHashes = async (folder: string): Promise<string[]> => {
  const copy = openDatabase({ dataDir: folder });
  try {
    const rows = await copy.selectFrom("attachments").select("hash").distinct().orderBy("hash").execute();
    return rows.map((row) => row.hash);
  } finally {
    await copy.destroy();
  }
};

type Archiving = { dataDir: string; hashes: string[]; now: string; missing: string[] };

async function* archive(work: string, { dataDir, hashes, now, missing }: Archiving): AsyncGenerator<ArchivedFile> {
  const manifest: Manifest = { format: 1, made_at: now, files: [] };
  for (const [name, path] of [
    [DATABASE, join(work, DATABASE)] as const,
    ...hashes.map((hash) => [`files/${hash}`, placeOf(dataDir, hash)] as const),
  ]) {
    const size = (await stat(path).catch(() => undefined))?.size;
    if (size === undefined) missing.push(name);
    else yield* archiveFile(manifest, { name, path, size });
  }
  const text = Buffer.from(JSON.stringify(manifest));
  yield { name: MANIFEST, size: text.length, bytes: Readable.from([text]) };
}

async function* archiveFile(
  manifest: Manifest,
  file: { name: string; path: string; size: number },
): AsyncGenerator<ArchivedFile> {
  const hash = createHash("sha256");
  yield { name: file.name, size: file.size, bytes: hashing(createReadStream(file.path), hash) };
  manifest.files.push({ name: file.name, size: file.size, sha256: hash.digest("hex") });
}

/** Passes bytes on and adds them to a hash on their way. */
export async function* hashing(
  bytes: AsyncIterable<Uint8Array>,
  hash: { update: (piece: Uint8Array) => unknown },
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}

const flush = async (path: string): Promise<void> => {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
};
