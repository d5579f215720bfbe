import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isZip, unpackZip } from "../../../src/imports/zip/unpack.ts";
import { figures, importWorld } from "../pages/world.ts";
import { type Zipped, zipOf } from "./zips.ts";

const saved = (bytes: Buffer): string => {
  const file = join(mkdtempSync(join(tmpdir(), "zhike-zips-")), "a.zip");
  writeFileSync(file, bytes);
  return file;
};

const unpack = async (files: Zipped[]) => {
  const into = join(mkdtempSync(join(tmpdir(), "zhike-unzip-")), "in");
  const left = await unpackZip(saved(zipOf(files)), into);
  const inside = existsSync(into) ? readdirSync(into, { recursive: true, withFileTypes: true }) : [];
  const names = inside
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(into.length + 1));
  return { into, names: names.sort(), left: left.map(({ path, reason }) => [path, reason[0]]) };
};

describe("a zip", () => {
  test("is unpacked file by file, packed or stored, in folders or not, empty or not", async () => {
    const { into, names, left } = await unpack([
      { name: "a.md", content: "A".repeat(100_000) },
      { name: "文件夹/" },
      { name: "文件夹/b.md", content: "乙", stored: true },
      { name: "empty.md" },
    ]);
    expect([names, left]).toEqual([["a.md", "empty.md", "文件夹/b.md"], []]);
    expect(readFileSync(join(into, "文件夹/b.md"), "utf8")).toBe("乙");
    expect(readFileSync(join(into, "a.md"), "utf8")).toHaveLength(100_000);
  });

  test("of Chinese Windows has its names read as they were meant", async () => {
    const { names } = await unpack([{ name: Buffer.from("bfcdbba75cbcdbb8f12e6d64", "hex"), content: "x" }]);
    expect(names).toEqual(["客户/价格.md"]);
  });

  test.each([
    ["../evil.md", {}, "imports.outside"],
    ["a/../../evil.md", {}, "imports.outside"],
    ["/etc/evil.md", {}, "imports.outside"],
    ["C:\\evil.md", {}, "imports.outside"],
    ["link.md", { mode: 0o120777 }, "imports.symlink"],
    ["secret.md", { flags: 1 }, "imports.unreadable"],
    ["bomb.md", { size: 10 ** 9 }, "imports.tooLarge"],
    ["lying.md", { size: 3 }, "imports.unreadable"],
    ["damaged.md", { crc: 1 }, "imports.unreadable"],
  ])("leaves out %s", async (name, more, reason) => {
    const { into, names, left } = await unpack([
      { name, content: "x".repeat(1000), ...more },
      { name: "good.md", content: "x" },
    ]);
    expect([names.filter((file) => file === "good.md"), left]).toEqual([
      ["good.md"],
      [[name.replaceAll("\\", "/"), reason]],
    ]);
    expect(existsSync(join(into, "../evil.md"))).toBe(false);
  });

  test("that is cut off is refused", async () => {
    const whole = zipOf([{ name: "a.md", content: "x".repeat(1000) }]);
    await expect(unpackZip(saved(whole.subarray(0, whole.length - 30)), "/nowhere")).rejects.toThrow("damaged");
    expect([
      await isZip(saved(whole)),
      await isZip(saved(Buffer.from("text"))),
      await isZip(saved(Buffer.from("PK"))),
    ]).toEqual([true, false, false]);
  });
});

test("a zip of Markdown is imported like its folder, and again without effect", async () => {
  const { bring, pages } = await importWorld();
  const file = saved(
    zipOf([
      { name: "wiki-main/index.md", content: "# Wiki\n\n[a](a/b.md)" },
      { name: "wiki-main/a/b.md", content: "# B" },
      { name: "../evil.md", content: "x" },
    ]),
  );
  const report = await bring(file);
  expect(figures(report)).toMatchObject({ made: 3, refused: 1 });
  expect([...(await pages()).keys()].sort()).toEqual(["a/", "a/b.md", "index.md"]);
  expect(figures(await bring(file))).toMatchObject({ made: 0, changed: 0, unchanged: 3 });
});
