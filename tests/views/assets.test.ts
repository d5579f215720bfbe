import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildAssets } from "../../src/views/assets.ts";

const STATIC = join(import.meta.dirname, "../../static");

test("style sheet and script of the first load weigh at most 90 KB compressed", async () => {
  const assets = await buildAssets(STATIC);
  const first = assets.all.filter(({ name }) => name === "main.css" || name === "main.js");
  const sizes = first.map(
    ({ name, body, gzip, brotli }) => `${name} ${body.length} B, gzip ${gzip.length}, brotli ${brotli.length}`,
  );
  console.log(sizes.join("; "));
  expect(first).toHaveLength(2);
  expect(first.reduce((sum, { gzip }) => sum + gzip.length, 0)).toBeLessThan(90 * 1024);
});

test("an asset is the same plain, gzipped and in brotli", async () => {
  for (const { body, gzip, brotli } of (await buildAssets(STATIC)).all) {
    expect(gunzipSync(gzip).equals(body)).toBe(true);
    expect(brotliDecompressSync(brotli).equals(body)).toBe(true);
  }
});

test("the URL of an asset changes when its content does, and leads back to it", async () => {
  const dir = mkdtempSync(join(tmpdir(), "static-"));
  mkdirSync(join(dir, "css"));
  writeFileSync(join(dir, "css/part.css"), "a { color: red }");
  writeFileSync(join(dir, "css/main.css"), '@import "./part.css";');
  const before = await buildAssets(dir);
  writeFileSync(join(dir, "css/part.css"), "a { color: tan }");
  const after = await buildAssets(dir);
  expect(before.url("main.css")).toMatch(/^\/assets\/main-[0-9a-f]{8}\.css$/);
  expect(after.url("main.css")).not.toBe(before.url("main.css"));
  expect(after.find(after.url("main.css"))?.body.toString()).toContain("tan");
  expect(after.find(before.url("main.css"))).toBeUndefined();
});

test("an asset that does not exist, and an import that leads nowhere, are errors at start", async () => {
  const dir = mkdtempSync(join(tmpdir(), "static-"));
  mkdirSync(join(dir, "js"));
  writeFileSync(join(dir, "js/main.js"), 'import "./gone.js";');
  await expect(buildAssets(dir)).rejects.toThrow(/gone/);
  const assets = await buildAssets(STATIC);
  expect(() => assets.url("gone.css")).toThrow(/gone\.css/);
});

test("nothing in the style sheet is fetched from anywhere else", async () => {
  const assets = await buildAssets(STATIC);
  const css = assets.all.find(({ name }) => name === "main.css")?.body.toString() ?? "";
  expect(css).toContain("--jade");
  expect(css).not.toMatch(/url\(|@import|https?:/);
});
