import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Writes files into a new temporary folder; names may hold "/". */
export const folderOf = (files: Record<string, string | Buffer>): string => {
  const folder = mkdtempSync(join(tmpdir(), "zhike-import-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
};

/** A set of real texts that may lie beside the checkout; undefined where it does not. */
export const corpus = (path: string): string | undefined => {
  const place = resolve(import.meta.dirname, "../../../shared/corpora", path);
  return existsSync(place) ? place : undefined;
};
