import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
import type { Reason } from "../report.ts";
import { type Entry, listEntries, readAt } from "./directory.ts";

/** What was not unpacked, and why. */
export type LeftOut = { path: string; reason: Reason };

const MOST_BYTES = 4 * 1024 ** 3;
const LARGEST_FILE = 64 * 1024 ** 2;

/** Whether a file is a zip archive, by its first bytes. */
export const isZip = async (file: string): Promise<boolean> => {
  for await (const bytes of createReadStream(file, { end: 3 }))
    return bytes.length === 4 && bytes.readUInt32LE(0) === LOCAL_HEADER;
  return false;
};

/**
 * Unpacks an archive into a folder, file by file. Names that lead elsewhere, links, encrypted files, and files that are larger
 * than allowed or than they say are left out.
 * @throws Error when the archive is damaged or holds too much
 */
export const unpackZip = async (file: string, into: string): Promise<LeftOut[]> => {
  const handle = await open(file);
  const left: LeftOut[] = [];
  try {
    let total = 0;
    for (const entry of await listEntries(handle)) {
      total += entry.size;
      if (total > MOST_BYTES) throw new Error("The archive holds more than 4 GB.");
      const reason =
        refusal(entry) ?? (entry.name.endsWith("/") ? undefined : await unpack(handle, entry, join(into, entry.name)));
      if (reason) left.push({ path: entry.name, reason });
    }
  } finally {
    await handle.close();
  }
  return left;
};

const LOCAL_HEADER = 0x04034b50;

const refusal = ({ name, flags, mode, size, method }: Entry): Reason | undefined => {
  const parts = name.replace(/\/$/, "").split("/");
  if (name.startsWith("/") || /[\0:]/.test(name) || parts.some((part) => part === ".." || part === "." || part === ""))
    return ["imports.outside"];
  if ((mode & 0o170000) === 0o120000) return ["imports.symlink"];
  if (size > LARGEST_FILE) return ["imports.tooLarge", { limit: LARGEST_FILE / 1024 ** 2 }];
  return flags & 1 || (method !== 0 && method !== 8) ? ["imports.unreadable"] : undefined;
};

const unpack = async (handle: FileHandle, entry: Entry, to: string): Promise<Reason | undefined> => {
  const header = await readAt(handle, entry.at, 30);
  const start = entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = handle.createReadStream({ start, end: start + entry.packed - 1, autoClose: false });
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    const bytes =
      entry.packed === 0 ? Readable.from([]) : entry.method === 0 ? packed : packed.pipe(createInflateRaw());
    await pipeline(
      bytes,
      (pieces: AsyncIterable<Buffer>) => checked(pieces, entry),
      createWriteStream(to, { mode: 0o600 }),
    );
    return undefined;
  } catch {
    return ["imports.unreadable"];
  }
};

/** Lets bytes pass as long as they are as many as were announced, and the right ones. */
async function* checked(pieces: AsyncIterable<Buffer>, { size, crc }: Entry): AsyncGenerator<Buffer> {
  let seen = 0;
  let sum = 0;
  for await (const piece of pieces) {
    seen += piece.length;
    if (seen > size) throw new Error("More than it said.");
    sum = crc32(piece, sum);
    yield piece;
  }
  if (seen !== size || sum !== crc) throw new Error("Damaged.");
}
