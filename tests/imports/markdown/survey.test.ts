import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { relink } from "../../../src/imports/markdown/relink.ts";
import { readPage, type Survey, surveyFolder } from "../../../src/imports/markdown/survey.ts";
import { startReport } from "../../../src/imports/report.ts";
import { folderOf } from "../folders.ts";

const survey = async (files: Record<string, string | Buffer>) => {
  const report = startReport("markdown", true);
  return { report, survey: await surveyFolder(folderOf(files), report) };
};

const places = { page: (source: string) => `/p/${source}`, file: (path: string) => `/files/${path}` };

const bodyOf = async (known: Survey, source: string) => {
  const entry = known.pages.find((page) => page.source === source)?.entry;
  const read = entry && (await readPage(entry));
  return read && "document" in read ? relink(source, read.document.body, known, places) : undefined;
};

test("a folder becomes a tree of titled pages", async () => {
  const { survey: known } = await survey({
    "README.md": "# Handbook\n\nHello",
    "sales/index.md": "---\ntitle: Sales: all\n---\n",
    "sales/b.md": "---\nposition: 1\n---\n# B",
    "sales/emea/fr.md": "France",
    "logo.png": "x",
    ".git/config": "x",
    ".hidden.md": "x",
  });
  expect(known.pages.map(({ source, parent, title }) => ({ source, parent, title }))).toEqual([
    { source: "README.md", parent: undefined, title: "Handbook" },
    { source: "sales/index.md", parent: undefined, title: "Sales: all" },
    { source: "sales/b.md", parent: "sales/index.md", title: "B" },
    { source: "sales/emea/", parent: "sales/index.md", title: "Emea" },
    { source: "sales/emea/fr.md", parent: "sales/emea/", title: "Fr" },
  ]);
  expect([...known.files.keys()]).toEqual(["logo.png"]);
});

test("what cannot be read is refused by name, and the rest goes on", async () => {
  const folder = folderOf({
    "good.md": "ok",
    "latin.md": Buffer.from([0x63, 0x61, 0x66, 0xe9]),
    "binary.md": "a\0b",
    "huge.md": "x".repeat(1024 * 1024 + 1),
    "bom.md": "\uFEFF# Title\r\n\r\nText\r\n",
  });
  symlinkSync("/etc/passwd", join(folder, "link.md"));
  symlinkSync("/etc", join(folder, "linked"));
  const report = startReport("markdown", true);
  const known = await surveyFolder(folder, report);
  expect(known.pages.map((page) => page.source)).toEqual(["bom.md", "good.md"]);
  expect(known.pages[0]?.title).toBe("Title");
  expect(report.findings.map(({ outcome, file, reason }) => [outcome, file, reason?.[0]])).toEqual([
    ["refused", "binary.md", "imports.notText"],
    ["refused", "huge.md", "imports.tooLarge"],
    ["refused", "latin.md", "imports.notText"],
    ["refused", "link.md", "imports.symlink"],
    ["refused", "linked", "imports.symlink"],
  ]);
});

test("what is neither a file nor a folder is refused", async () => {
  const folder = folderOf({ "good.md": "ok" });
  const socket = createServer().listen(join(folder, "pipe.md"));
  await once(socket, "listening");
  const report = startReport("markdown", true);
  await surveyFolder(folder, report);
  socket.close();
  expect(report.findings).toEqual([{ outcome: "refused", file: "pipe.md", reason: ["imports.unreadable"] }]);
});

test("links lead to pages, headings and files, wherever they stand", async () => {
  const { survey: known } = await survey({
    "a/one.md":
      "[two](../b/two.md#whats-new) ![pic](pic.png) [top](/b) [me](#here-it-is)\n\n## Here: it is\n\n[r]: ../b/two.md",
    "a/pic.png": "x",
    "b/two.md": "# Two\n\n## What's new",
  });
  expect(await bodyOf(known, "a/one.md")).toEqual({
    body: "[two](/p/b/two.md#h-what-s-new) ![pic](/files/a/pic.png) [top](/p/b/) [me](#h-here-it-is)\n\n## Here: it is\n\n[r]: /p/b/two.md",
    resolved: [
      { path: "b/two.md", kind: "page", anchor: "whats-new" },
      { path: "b/", kind: "page", anchor: "" },
      { path: "b/two.md", kind: "page", anchor: "" },
    ],
    files: ["a/pic.png"],
    broken: [],
  });
});

test("a link to a missing page can be written from; other dead addresses stay", async () => {
  const { survey: known } = await survey({
    "a.md":
      "[Read](no/price-list.md) [Price list](price-list.md) [a|b](x.md) ![i](no.png) [pdf](no.pdf) [[Later]] [[customer:C-1]]",
  });
  const read = await bodyOf(known, "a.md");
  expect(read?.body).toBe(
    "[[Price list|Read]] [[Price list]] [a|b](x.md) ![i](no.png) [pdf](no.pdf) [[Later]] [[customer:C-1]]",
  );
  expect(read?.broken).toEqual(["no/price-list.md", "price-list.md", "x.md", "no.png", "no.pdf"]);
});

test("wiki links of other tools find pages by name", async () => {
  const { survey: known } = await survey({
    "Home.md": "[[Price-List]] [[sub/Deep|there]] ![[pic.png]]",
    "Price List.md": "x",
    "sub/Deep.md": "x",
    "pic.png": "x",
  });
  expect((await bodyOf(known, "Home.md"))?.body).toBe(
    "[Price-List](</p/Price List.md>) [there](/p/sub/Deep.md) ![pic.png](/files/pic.png)",
  );
});
