import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import unpacked from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** Flags of a container without a sandbox of its own; nothing that would weaken the web's own rules. */
const FLAGS = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"];

/** A real Chromium from npm, headless. Close it when done. The first launch on a machine unpacks it (188 MB, 3 s). */
export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await chromiumPath(), args: FLAGS, headless: true });

/** Unpacks into a folder of its own, then renames: several test files may start at once. */
const chromiumPath = async (): Promise<string> => {
  const home = join(tmpdir(), "zhike-chromium-147.0.0");
  const path = join(home, "chromium");
  if (existsSync(path)) return path;
  const own = mkdtempSync(`${home}-`);
  await unpackInto(own);
  try {
    renameSync(own, home);
  } catch (problem) {
    rmSync(own, { recursive: true });
    if (!existsSync(path)) throw problem;
  }
  return path;
};

const unpackInto = async (folder: string): Promise<void> => {
  const before = process.env["TMPDIR"];
  mkdirSync(folder, { recursive: true });
  process.env["TMPDIR"] = folder;
  unpacked.setGraphicsMode = false;
  try {
    await unpacked.executablePath();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
};
