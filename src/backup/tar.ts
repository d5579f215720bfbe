/** A file inside an archive. `bytes` must be read before the next file is asked for. */
export type ArchivedFile = { name: string; size: number; bytes: AsyncIterable<Uint8Array> };

const BLOCK = 512;

/** Writes files as a tar archive (POSIX.1-1988, "ustar"), piece by piece. @throws Error when a file is not as long as was said */
export async function* writeTar(files: AsyncIterable<ArchivedFile>): AsyncGenerator<Uint8Array> {
  for await (const { name, size, bytes } of files) {
    yield header(name, size);
    let written = 0;
    for await (const piece of bytes) {
      written += piece.length;
      yield piece;
    }
    if (written !== size) throw new Error(`${name} changed while it was archived.`);
    yield Buffer.alloc(paddingOf(size));
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** Reads the files of a tar archive one after another. @throws Error when it ends early or is none */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivedFile> {
  const input = pullFrom(source);
  for (let block = await input.exactly(BLOCK); block.some((byte) => byte !== 0); block = await input.exactly(BLOCK)) {
    const { name, size } = readHeader(block);
    yield { name, size, bytes: input.pieces(size) };
    await input.exactly(paddingOf(size));
  }
}

const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

const header = (name: string, size: number): Buffer => {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100 || size >= 8 ** 11) throw new Error(`${name} is too large to archive.`);
  block.write(name, 0);
  for (const [at, octal] of [
    [100, "0000600\0"],
    [108, "0000000\0"],
    [116, "0000000\0"],
    [124, `${size.toString(8).padStart(11, "0")}\0`],
    [136, "00000000000\0"],
    [148, " ".repeat(8)],
    [156, "0"],
    [257, "ustar\x0000"],
  ] as const)
    block.write(octal, at, "latin1");
  block.write(`${checksum(block).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
};

/** The sum of all bytes, where its own eight count as spaces. */
const checksum = (block: Uint8Array): number =>
  block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);

const readHeader = (block: Buffer): { name: string; size: number } => {
  const text = (from: number, length: number): string =>
    block.toString("utf8", from, from + length).split("\0", 1)[0] ?? "";
  if (Number.parseInt(text(148, 8), 8) !== checksum(block)) throw new Error("This is no backup, or it is damaged.");
  return { name: text(0, 100), size: Number.parseInt(text(124, 12), 8) };
};

/** Takes as many bytes as are asked for from a stream of pieces. */
const pullFrom = (source: AsyncIterable<Uint8Array>) => {
  const pieces = source[Symbol.asyncIterator]();
  let rest: Uint8Array = Buffer.alloc(0);
  const some = async (most: number): Promise<Uint8Array> => {
    if (rest.length === 0) {
      const next = await pieces.next();
      if (next.done) throw new Error("The backup ends too early.");
      rest = next.value;
    }
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    return piece;
  };
  const exactly = async (size: number): Promise<Buffer> => Buffer.concat(await Array.fromAsync(take(size)));
  async function* take(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; ) {
      const piece = await some(left);
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }
  return { exactly, pieces: take };
};
