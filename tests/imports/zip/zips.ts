import { crc32, deflateRawSync } from "node:zlib";

/** A file for `zipOf`; what is given beside name and content makes it unusual. */
export type Zipped = {
  name: string | Buffer;
  content?: string | Buffer;
  stored?: true;
  crc?: number;
  size?: number;
  flags?: number;
  mode?: number;
};

/** Writes a zip archive as other programs do. */
export const zipOf = (files: Zipped[]): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const { local, central } = writeFile(file, at);
    parts.push(local);
    directory.push(central);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
};

const writeFile = ({ name, content = "", stored, crc, size, flags, mode = 0o100644 }: Zipped, at: number) => {
  const bytes = Buffer.from(content);
  const packed = stored ? bytes : deflateRawSync(bytes);
  const path = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags ?? (typeof name === "string" ? 0x800 : 0), 2);
  common.writeUInt16LE(stored ? 0 : 8, 4);
  common.writeUInt32LE(crc ?? crc32(bytes), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(size ?? bytes.length, 18);
  common.writeUInt16LE(path.length, 22);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE((mode << 16) >>> 0, 6);
  tail.writeUInt32LE(at, 10);
  return {
    local: Buffer.concat([Buffer.from("PK\x03\x04"), common, path, packed]),
    central: Buffer.concat([Buffer.from("PK\x01\x02\x14\x03"), common, tail, path]),
  };
};
