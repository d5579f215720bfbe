import type { FileHandle } from "node:fs/promises";

/** A file in an archive; sizes in bytes. `at`: where its own header stands. */
export type Entry = {
  name: string;
  method: number;
  flags: number;
  crc: number;
  packed: number;
  size: number;
  at: number;
  mode: number;
};

const MOST_ENTRIES = 100_000;

const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;

/**
 * The files of a zip archive, as its directory lists them. Source: PKWARE APPNOTE.TXT 6.3.10
 * @throws Error when the archive is damaged or lists too many
 */
export const listEntries = async (handle: FileHandle): Promise<Entry[]> => {
  const { count, size, at } = await findDirectory(handle);
  if (count > MOST_ENTRIES) throw new Error(`The archive holds more than ${MOST_ENTRIES} files.`);
  const directory = await readAt(handle, at, size);
  const entries: Entry[] = [];
  for (let from = 0; entries.length < count; ) {
    if (directory.length < from + 46 || directory.readUInt32LE(from) !== CENTRAL_HEADER) throw damaged();
    const lengths = [28, 30, 32].map((field) => directory.readUInt16LE(from + field));
    const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
    const name = directory.subarray(from + 46, from + 46 + nameLength);
    const extra = directory.subarray(from + 46 + nameLength, from + 46 + nameLength + extraLength);
    entries.push(readEntry(directory.subarray(from, from + 46), name, extra));
    from += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
};

const readEntry = (header: Buffer, name: Buffer, extra: Buffer): Entry => {
  const flags = header.readUInt16LE(8);
  const small = [24, 20, 42].map((field) => header.readUInt32LE(field));
  const [size = 0, packed = 0, at = 0] = withLarge(small, extra);
  return {
    name: readName(name, (flags & 0x800) !== 0),
    method: header.readUInt16LE(10),
    flags,
    crc: header.readUInt32LE(16),
    packed,
    size,
    at,
    mode: header.readUInt32LE(38) >>> 16,
  };
};

/** Numbers that do not fit into four bytes stand in the extra field 1, in the same order. */
const withLarge = (small: number[], extra: Buffer): number[] => {
  let from = 0;
  while (from + 4 <= extra.length && extra.readUInt16LE(from) !== 1) from += 4 + extra.readUInt16LE(from + 2);
  let next = from + 4;
  return small.map((number) => {
    if (number !== 0xffffffff || next + 8 > extra.length) return number;
    next += 8;
    return Number(extra.readBigUInt64LE(next - 8));
  });
};

/** Chinese Windows writes names in its own encoding, and does not say so. */
const readName = (bytes: Buffer, isUtf8: boolean): string => {
  const decode = (encoding: string, fatal: boolean) => new TextDecoder(encoding, { fatal }).decode(bytes);
  try {
    return decode("utf-8", true).replaceAll("\\", "/");
  } catch {
    return decode(isUtf8 ? "utf-8" : "gb18030", false).replaceAll("\\", "/");
  }
};

const findDirectory = async (handle: FileHandle): Promise<{ count: number; size: number; at: number }> => {
  const { size: length } = await handle.stat();
  const tail = await readAt(handle, Math.max(0, length - 65_557), Math.min(length, 65_557));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > tail.length || tail.readUInt32LE(end) !== END) throw damaged();
  const found = {
    count: tail.readUInt16LE(end + 10),
    size: tail.readUInt32LE(end + 12),
    at: tail.readUInt32LE(end + 16),
  };
  if (found.at !== 0xffffffff && found.count !== 0xffff) return checkedDirectory(found, length);
  const large = await readAt(handle, Number(tail.readBigUInt64LE(end - 12)), 56);
  if (large.readUInt32LE(0) !== END_64) throw damaged();
  const [count = 0, size = 0, at = 0] = [32, 40, 48].map((field) => Number(large.readBigUInt64LE(field)));
  return checkedDirectory({ count, size, at }, length);
};

const checkedDirectory = <D extends { size: number; at: number }>(directory: D, length: number): D => {
  if (directory.at + directory.size > length) throw damaged();
  return directory;
};

/** @throws Error when the file ends before */
export const readAt = async (handle: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw damaged();
  return buffer;
};

const damaged = (): Error => new Error("The archive is damaged.");
