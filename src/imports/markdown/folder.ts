import { constants } from "node:fs";
import { lstat, open, opendir } from "node:fs/promises";
import { join } from "node:path";
import type { Reason } from "../report.ts";
import { PAGE_FILE } from "./paths.ts";

/** A file of the folder. `path` is relative to the folder, with "/" and in NFC; `size` in bytes. */
export type Entry = { path: string; file: string; size: number; kind: "page" | "file" };
export type RefusedEntry = { path: string; reason: Reason };

/** The largest page file that is read, in bytes. */
const LARGEST_PAGE = 1024 * 1024;

/** Files and folders of tools, never content. */
const NOT_CONTENT = /^(?:\.|node_modules$|__MACOSX$|Thumbs\.db$|desktop\.ini$)/;

/**
 * Walks a folder, one name at a time. Links to other places on the disk are refused, not followed; what cannot be read is
 * refused with its reason, and the walk goes on.
 */
export async function* walkFolder(folder: string, under = ""): AsyncGenerator<Entry | RefusedEntry> {
  const names = await listNames(join(folder, under));
  if (names === undefined) yield { path: under, reason: ["imports.unreadable"] };
  for (const name of names ?? []) {
    if (NOT_CONTENT.test(name)) continue;
    const path = under === "" ? name : `${under}/${name}`;
    const found = await lstat(join(folder, path)).catch(() => undefined);
    if (found?.isDirectory()) yield* walkFolder(folder, path);
    else if (found?.isFile()) yield entryOf(folder, path, found.size);
    else yield { path, reason: [found?.isSymbolicLink() ? "imports.symlink" : "imports.unreadable"] };
  }
}

/** The text of a page file, or why it was refused. Line ends become "\n", a byte order mark is dropped. */
export const readText = async (entry: Entry): Promise<{ text: string } | { reason: Reason }> => {
  if (entry.size > LARGEST_PAGE) return { reason: ["imports.tooLarge", { limit: LARGEST_PAGE / 1024 / 1024 }] };
  const bytes = await readBytes(entry.file);
  if (bytes === undefined) return { reason: ["imports.unreadable"] };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? { reason: ["imports.notText"] } : { text: text.replace(/\r\n?/g, "\n") };
  } catch {
    return { reason: ["imports.notText"] };
  }
};

const listNames = async (folder: string): Promise<string[] | undefined> => {
  try {
    const names: string[] = [];
    for await (const { name } of await opendir(folder)) names.push(name);
    return names.sort();
  } catch {
    return undefined;
  }
};

const entryOf = (folder: string, path: string, size: number): Entry => ({
  path: path.normalize("NFC"),
  file: join(folder, path),
  size,
  kind: PAGE_FILE.test(path) ? "page" : "file",
});

const readBytes = async (file: string): Promise<Buffer | undefined> => {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  try {
    return await handle?.readFile();
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
};
