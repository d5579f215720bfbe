import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { corpus, folderOf } from "../folders.ts";
import { figures, importWorld } from "./world.ts";

/** Beside a checkout without the real texts, a folder of our own stands in for them. */
const handbook = corpus("handbook-en-sourcegraph");
const folder = handbook
  ? join(handbook, "tree")
  : folderOf({
      "README.md": "# R",
      "content/index.md": "[a](a.md#x)\n\n- [b](sub/b.md)",
      "content/a.md": "# A\n\n[i](index.md)",
      "content/sub/b.md": "x",
    });
const expected = handbook
  ? readFileSync(join(handbook, "links.tsv"), "utf8")
      .split("\n")
      .map((line) => line.split("\t"))
      .filter(([, , status]) => status === "ok")
      .map(([from, to]) => `content/${from} → content/${to}`)
  : ["content/index.md → content/a.md", "content/index.md → content/sub/b.md", "content/a.md → content/index.md"];

const TIME = 120_000;

test("a real handbook: every page, every listed link between pages, every second run without effect", {
  timeout: TIME,
}, async () => {
  const { bring, db } = await importWorld();
  const first = await bring(folder, { space: "real" });
  expect(figures(first)).toMatchObject(handbook ? { made: 911, refused: 0 } : { made: 5, refused: 0 });
  expect(first.figures).toMatchObject(handbook ? { pages: 885, folder_pages: 26 } : { pages: 4, folder_pages: 1 });
  const rows = await db
    .selectFrom("links")
    .innerJoin("pages as from", "from.id", "links.page_id")
    .innerJoin("pages as to", "to.id", "links.target")
    .select(["from.source as from", "to.source as to"])
    .where("links.kind", "=", "page")
    .execute();
  const links = new Set(rows.map(({ from, to }) => `${from} → ${to}`));
  expect(expected).toHaveLength(handbook ? 2715 : 3);
  expect(expected.filter((link) => !links.has(link))).toEqual([]);
  expect(figures(await bring(folder, { space: "real" }))).toEqual({
    made: 0,
    changed: 0,
    unchanged: handbook ? 911 : 5,
    skipped: 0,
    refused: 0,
  });
});

const tidb = corpus("zh-hans-tidb-docs/tree");

test("real Chinese documentation: every page, twice", { timeout: TIME }, async () => {
  const chinese = tidb ?? folderOf({ "_index.md": "[概览](/overview.md)", "overview.md": "# 概览" });
  const { bring } = await importWorld();
  const all = tidb ? 847 : 2;
  expect(figures(await bring(chinese, { space: "docs" }))).toMatchObject({ made: all, refused: 0 });
  expect(figures(await bring(chinese, { space: "docs" }))).toMatchObject({ made: 0, changed: 0, unchanged: all });
});
