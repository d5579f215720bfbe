import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { findDamage } from "../db/integrity.ts";
import { openDatabase } from "../db/open.ts";
import { newId } from "../db/portable.ts";
import { placeOf } from "../files/storage.ts";
import { DATABASE, hashing, MANIFEST } from "./backup.ts";
import { readTar } from "./tar.ts";

const manifest = z.object({
  format: z.literal(1),
  made_at: z.string(),
  files: z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() })),
});

/**
 * Makes a new folder of data from a backup. Every file is compared with the manifest and the database is checked before the
 * folder appears under its name.
 * @returns when the backup was made, and how many files it holds
 * @throws Error when the folder has something in it, or the backup is damaged; nothing is changed then
 */
export const restore = async (from: string, dataDir: string): Promise<{ madeAt: string; files: number }> => {
  await refuseUsed(dataDir);
  const work = join(dirname(dataDir), `.zhike-restore-${newId()}`);
  try {
    const found = await unpack(from, work);
    const { made_at, files } = manifest.parse(found.manifest);
    if (JSON.stringify(files.sort(byName)) !== JSON.stringify(found.files.sort(byName)))
      throw new Error("The backup is damaged: its files are not those it lists.");
    await checkDatabase(work);
    await rmdir(dataDir).catch(() => {});
    await rename(work, dataDir);
    return { madeAt: made_at, files: files.length };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

const refuseUsed = async (dataDir: string): Promise<void> => {
  const names = await readdir(dataDir).catch(() => []);
  if (names.length > 0) throw new Error(`${dataDir} is not empty. Restore into a new folder.`);
};

type Unpacked = { manifest: unknown; files: { name: string; size: number; sha256: string }[] };

const unpack = async (from: string, work: string): Promise<Unpacked> => {
  const found: Unpacked = { manifest: undefined, files: [] };
  await mkdir(work, { recursive: true, mode: 0o700 });
  for await (const { name, size, bytes } of readTar(createReadStream(from))) {
    if (name === MANIFEST) found.manifest = JSON.parse(Buffer.concat(await Array.fromAsync(bytes)).toString("utf8"));
    else found.files.push({ name, size, sha256: await save(bytes, placeIn(work, name)) });
  }
  return found;
};

/** Only names that a backup gives are accepted, so that none leads out of the folder. */
const placeIn = (work: string, name: string): string => {
  if (name === DATABASE) return join(work, DATABASE);
  const hash = /^files\/([\w-]{43})$/.exec(name)?.[1];
  if (hash === undefined) throw new Error(`The backup is damaged: it holds ${JSON.stringify(name)}.`);
  return placeOf(work, hash);
};

const save = async (bytes: AsyncIterable<Uint8Array>, place: string): Promise<string> => {
  const hash = createHash("sha256");
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  await pipeline(Readable.from(hashing(bytes, hash)), createWriteStream(place, { mode: 0o600, flush: true }));
  return hash.digest("hex");
};

const checkDatabase = async (folder: string): Promise<void> => {
  const db = openDatabase({ dataDir: folder });
  try {
    const damage = await findDamage(db);
    if (damage.length > 0) throw new Error(`The database of the backup is damaged: ${damage[0]}`);
  } finally {
    await db.destroy();
  }
};

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
