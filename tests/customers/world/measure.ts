// Prints size and speed of the index of a generated customer with 1 000 items: npx node tests/customers/world/measure.ts [FOLDER…]
// The texts are those of Markdown files in the folders, else of this program's own demo company.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildIndex } from "../../../src/customers/world/build.ts";
import type { Document } from "../../../src/customers/world/document.ts";
import { find, unpack } from "../../../src/customers/world/find.ts";
import { fitTexts } from "../../../src/customers/world/fit.ts";
import { work } from "../../../src/customers/world/packing.ts";
import { renderMarkdown } from "../../../src/markdown/render.ts";

const ITEMS = 1000;
const folders = process.argv.slice(2);
const files = (folders.length > 0 ? folders : [join(import.meta.dirname, "../../../data/demo")]).flatMap((folder) =>
  globSync(join(folder, "**/*.md")).sort().slice(0, ITEMS),
);
const texts = files.map((file) => renderMarkdown(readFileSync(file, "utf8").slice(0, 50_000)).text);
const at = <T>(values: T[], i: number): T => values[i % values.length] as T;
const sentences = texts
  .flatMap((text) => text.split(/[。\n]|\. /))
  .filter((text) => text.length > 12 && text.length < 90);
const randomId = (i: number): string => Buffer.from(Math.sin(i).toString()).toString("base64url").slice(-16);

for (const pages of [150, 350, 700]) {
  const documents = fitTexts([
    ...Array.from({ length: pages }, (_, i) => pageOf(i)),
    ...Array.from({ length: ITEMS - pages }, (_, i) => saidOf(i)),
  ]);
  const start = performance.now();
  const { index } = buildIndex(documents);
  const built = performance.now() - start;
  const done = work({ documents });
  const packed = "packed" in done ? done.packed : new Uint8Array();
  const json = gunzipSync(packed).toString();
  const loading = performance.now();
  const searchable = unpack(JSON.parse(json));
  const loaded = performance.now() - loading;
  const times = ["固件升级", "certificate rotation", "X200 固件", "备份 恢复", "數據庫 備份", "王强", "onboarding"]
    .flatMap((text) => Array.from({ length: text.length }, (_, end) => text.slice(0, end + 1)))
    .map((text) => timeOf(() => find(searchable, text)))
    .sort((a, b) => a - b);
  const share = (part: number): string => at(times, Math.floor(times.length * part)).toFixed(1);
  console.log(
    `${pages} pages + ${ITEMS - pages} records: gzip ${kilo(packed.length)}, JSON ${kilo(json.length)} (index ${kilo(JSON.stringify(index).length)}), ` +
      `built in ${built.toFixed(0)} ms, loaded in ${loaded.toFixed(0)} ms; per key p50 ${share(0.5)} ms, p95 ${share(0.95)} ms, max ${share(0.999)} ms`,
  );
}

/** The best of five: other work of the machine counts as little as it can. */
function timeOf(run: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function kilo(bytes: number): string {
  return `${(bytes / 1024).toFixed(0)} KB`;
}

function pageOf(i: number): Document {
  const text = at(texts, i * 7);
  const title = (text.split("\n").find((line) => line.trim() !== "") ?? "").slice(0, 60);
  const id = randomId(i);
  return {
    ...saidOf(i),
    kind: "page",
    id,
    title,
    url: `/p/${id}/${encodeURIComponent(title.slice(0, 30))}`,
    text,
    tags: ["X200", "X200 网关"],
    why: ["拥有 X200 网关", "由 李梅 关联"],
    say: i % 4 === 0 ? at(sentences, i * 3).repeat(2) : null,
    tell: `/c/hx/told/new?page=${id}`,
  };
}

function saidOf(i: number): Document {
  const id = randomId(i + 10_000);
  return {
    kind: "interaction",
    id,
    title: "电话 · 王强 → 张工",
    url: `/c/hx/interactions/${id}`,
    text: at(sentences, i * 37),
    tags: [],
    why: [],
    badges: [],
    warnings: [],
    notes: [],
    end: `${(i % 12) + 1} 月 ${(i % 28) + 1} 日`,
    say: null,
    tell: null,
  };
}
