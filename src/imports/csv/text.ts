import { createReadStream } from "node:fs";

/** How the bytes of a table are to be read. */
export type Encoding = "utf-8" | "utf-16le" | "gb18030";

/**
 * UTF-8, unless the file starts like UTF-16 ("Unicode text" of Excel) or is not valid UTF-8: then GB18030, which
 * Chinese Excel writes. Reads the whole file once, in pieces.
 * @returns undefined when it is none of them
 */
export const findEncoding = async (file: string): Promise<Encoding | undefined> => {
  if (await startsLikeUtf16(file)) return "utf-16le";
  for (const encoding of ["utf-8", "gb18030"] as const) if (await isAll(file, encoding)) return encoding;
  return undefined;
};

/** The text of a file, piece by piece, without its byte order mark. */
export async function* readText(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const bytes of createReadStream(file)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

const startsLikeUtf16 = async (file: string): Promise<boolean> => {
  for await (const bytes of createReadStream(file, { end: 1 })) return bytes[0] === 0xff && bytes[1] === 0xfe;
  return false;
};

const isAll = async (file: string, encoding: Encoding): Promise<boolean> => {
  try {
    for await (const text of readText(file, encoding)) if (text.includes("\0")) return false;
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

/** The mark between cells: of comma, semicolon and tab the one that is most frequent in the header, outside quotes. */
export const findDelimiter = (header: string): "," | ";" | "\t" => {
  const bare = header.replace(/"(?:[^"]|"")*"/g, "").split(/\r?\n/, 1)[0] ?? "";
  const counts = ([",", ";", "\t"] as const).map((mark) => ({ mark, count: bare.split(mark).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.mark ?? ",";
};
