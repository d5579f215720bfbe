import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Invalid } from "../../errors.ts";
import type { Report } from "../report.ts";
import { isZip, unpackZip } from "../zip/unpack.ts";

/**
 * Works on a folder, or on a zip unpacked into a temporary one. A folder that holds all of a zip, as GitHub makes it, is not
 * part of the paths in it.
 * @throws Invalid when the path is neither
 */
export const inFolder = async <R>(path: string, report: Report, work: (folder: string) => Promise<R>): Promise<R> => {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return work(path);
  if (!found?.isFile() || !(await isZip(path))) throw new Invalid({ folder: ["imports.noFolder", { path }] });
  const unpacked = await mkdtemp(join(tmpdir(), "zhike-zip-"));
  try {
    for (const { path: file, reason } of await unpackZip(path, unpacked))
      report.findings.push({ outcome: "refused", file, reason });
    return await work(await withoutLoneFolder(unpacked));
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
};

const withoutLoneFolder = async (folder: string): Promise<string> => {
  const inside = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.name !== "__MACOSX");
  const [only] = inside;
  return only && inside.length === 1 && only.isDirectory() ? join(folder, only.name) : folder;
};
