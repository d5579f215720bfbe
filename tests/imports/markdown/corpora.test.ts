import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { relink } from "../../../src/imports/markdown/relink.ts";
import { readPage, surveyFolder } from "../../../src/imports/markdown/survey.ts";
import { startReport } from "../../../src/imports/report.ts";
import { corpus, folderOf } from "../folders.ts";

const places = { page: (source: string) => `/p/${encodeURIComponent(source)}`, file: () => "/files/x" };

/** Reads a whole folder twice, as an import does, and lists its links to pages as "from TAB to TAB anchor". */
const readAll = async (folder: string) => {
  const report = startReport("markdown", true);
  const survey = await surveyFolder(folder, report);
  const links: string[] = [];
  for (const { source, entry } of survey.pages) {
    const read = entry && (await readPage(entry));
    if (!read || "reason" in read) continue;
    const { resolved, body } = relink(source, read.document.body, survey, places);
    links.push(...resolved.map(({ path, anchor }) => `${source}\t${path}\t${anchor}`));
    for (const { path } of resolved) expect(body).toContain(places.page(path));
  }
  const ofFiles = survey.pages.filter((page) => page.entry);
  return {
    pages: ofFiles.length,
    untitled: survey.pages.filter((page) => !page.title),
    refused: report.findings,
    links,
  };
};

/** Beside a checkout without the real texts, a folder of our own with every kind of link stands in for them. */
const handbook = corpus("handbook-en-sourcegraph");
const folder = handbook
  ? join(handbook, "tree/content")
  : folderOf({
      "index.md": "[a](a/index.md#x) <a href='a/b.md'>b</a>",
      "a/index.md": "- [b](b.md)\n\n  `[c](b.md)`",
      "a/b.md": "[up](../index.md\n\n[r]: index.md",
    });
const expectedLinks = handbook
  ? readFileSync(join(handbook, "links.tsv"), "utf8")
      .split("\n")
      .map((line) => line.split("\t"))
      .filter(([, , status]) => status === "ok")
      .map(([from, to, , anchor = ""]) => `${from}\t${to}\t${anchor.replace(/^#+/, "")}`)
  : ["index.md\ta/index.md\tx", "a/index.md\ta/b.md\t", "a/b.md\tindex.md\t"];
const size = handbook ? { pages: 883, links: 2715 } : { pages: 3, links: 3 };

/** links.tsv cuts this address at its inner bracket: `…/#sts=🏦%20401(k).md`. */
const asListed = (link: string) => link.replace("401(k).md", "401(k");

describe("a real handbook", async () => {
  const read = await readAll(folder);

  test("has all its pages, each with a title, and nothing is refused", () => {
    expect([read.pages, read.untitled, read.refused]).toEqual([size.pages, [], []]);
  });

  test("keeps every one of its listed links between pages", () => {
    const links = new Set(read.links.map(asListed));
    expect(expectedLinks).toHaveLength(size.links);
    expect(expectedLinks.filter((link) => !links.has(link))).toEqual([]);
  });
});

const tidb = corpus("zh-hans-tidb-docs/tree");
const chinese = tidb ?? folderOf({ "_index.md": "[概览](/overview.md)", "overview.md": "# 概览\n\n[首页](/_index)" });

test("Chinese documentation with links from the top is read whole", async () => {
  const read = await readAll(chinese);
  expect([read.pages, read.untitled, read.refused, read.links.length]).toEqual(
    tidb ? [821, [], [], 4376] : [2, [], [], 2],
  );
});
