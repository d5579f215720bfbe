// Measures how well search ranks, on judged collections: npx node tests/search/measure.ts FOLDER_OF_COLLECTIONS
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Converter } from "opencc-js";
import { readerFor } from "../../src/access/reader.ts";
import { parseQuery } from "../../src/analyzer/query.ts";
import { renderMarkdown } from "../../src/markdown/render.ts";
import type { SearchDoc } from "../../src/search/documents.ts";
import { findDocs } from "../../src/search/find.ts";
import { indexAll } from "../../src/search/index.ts";
import { type Judgments, mean, mrrAt, ndcgAt } from "../../src/search/quality.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

type Collection = { docs: SearchDoc[]; queries: { text: string; judgments: Judgments }[] };

const folder = process.argv[2] ?? ".";
const toTraditional = Converter({ from: "cn", to: "tw" });
const lines = (path: string): string[] => readFileSync(join(folder, path), "utf8").trim().split("\n");

async function report(name: string, { docs, queries }: Collection): Promise<void> {
  const cast = await castIn(await openTestDatabase());
  const scopeId = cast.spaces.handbook.scope_id;
  for (let from = 0; from < docs.length; from += 500)
    await cast.as("system", (tx) =>
      indexAll(
        tx,
        docs.slice(from, from + 500).map((doc) => ({ ...doc, scopeId })),
      ),
    );
  const read = readerFor(cast.db, await cast.viewer("nobody"), cast.db.engine);
  const [ndcg, mrr]: [number[], number[]] = [[], []];
  for (const { text, judgments } of queries) {
    const found = await findDocs(read, {
      query: parseQuery(text.replace(/["“”「」]/g, " ")),
      conditions: [],
      limit: 10,
      offset: 0,
    });
    const ranked = found.docs.map(({ refId }) => refId);
    ndcg.push(ndcgAt(10, ranked, judgments));
    mrr.push(mrrAt(10, ranked, judgments));
  }
  console.log(`nDCG@10 ${mean(ndcg).toFixed(4)}  MRR@10 ${mean(mrr).toFixed(4)}  ${name}, ${queries.length} queries`);
  await cast.db.destroy();
}

function judged(set: string): Collection {
  const docs = lines(`${set}/docs.jsonl`).map((line) => {
    const { id, title, text }: { id: string; title: string; text: string } = JSON.parse(line);
    return page(id, { title, body: text });
  });
  const judgments = Map.groupBy(
    lines(`${set}/qrels.tsv`).map((line) => line.split("\t")),
    ([query = ""]) => query,
  );
  const queries = lines(`${set}/queries.tsv`).map((line) => {
    const [id = "", text = ""] = line.split("\t");
    return { text, judgments: new Map((judgments.get(id) ?? []).map(([, doc = "", gain]) => [doc, Number(gain)])) };
  });
  return { docs, queries };
}

function handbooks(): SearchDoc[] {
  const trees = ["handbook-en-sourcegraph", "zh-hans-tidb-docs", "zh-hant-partner-center"].map((set) => `${set}/tree`);
  const paths = trees.flatMap((tree) =>
    readdirSync(join(folder, tree), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md"))
      .map((path) => `${tree}/${path}`),
  );
  return paths.map((path) => {
    const source = readFileSync(join(folder, path), "utf8").replace(/^---\n[\s\S]*?\n---\n/, "");
    const { headings, text } = renderMarkdown(source);
    const [title = basename(path, ".md"), ...others] = headings.map((heading) => heading.text);
    return page(path, { title, headings: others, body: text });
  });
}

function questions(): Collection["queries"] {
  return lines("questions-selftest.jsonl").map((line) => {
    const { q, expect_paths }: { q: string; expect_paths: string[] } = JSON.parse(line);
    return { text: q, judgments: new Map(expect_paths.map((path) => [path, 1])) };
  });
}

const page = (refId: string, rest: Partial<SearchDoc>): SearchDoc => ({
  ...{ kind: "page", refId, scopeId: "", title: "", tags: [], headings: [], body: "" },
  ...rest,
});
const traditional = (doc: SearchDoc): SearchDoc => ({
  ...doc,
  title: toTraditional(doc.title),
  body: toTraditional(doc.body),
});
const asking = (text: string, doc: SearchDoc) => ({ text, judgments: new Map([[doc.refId, 1]]) });
/** Every fifth, so that all three handbooks have their share. */
const some = (docs: readonly SearchDoc[]): SearchDoc[] => docs.filter((_, at) => at % 5 === 0);
const words = new Intl.Segmenter("zh", { granularity: "word" });
/** Every other word of a title. */
const partOf = (title: string): string =>
  [...words.segment(title)]
    .filter((word) => word.isWordLike)
    .filter((_, at) => at % 2 === 0)
    .map((word) => word.segment)
    .join(" ");

const cranfield = judged("retrieval-en-cranfield");
const cmrc = judged("retrieval-zh-cmrc2018");
const pages = handbooks();
await report("Cranfield (nDCG ≥ 0.345, aim 0.37)", cranfield);
await report("CMRC 2018 (MRR ≥ 0.98, aim 0.99)", cmrc);
await report("CMRC 2018 in traditional characters", { ...cmrc, docs: cmrc.docs.map(traditional) });
await report("titles in full (MRR ≥ 0.97, aim 0.99)", {
  docs: pages,
  queries: some(pages).map((doc) => asking(doc.title, doc)),
});
await report("titles in part (MRR ≥ 0.63, aim 0.75)", {
  docs: pages,
  queries: some(pages).map((doc) => asking(partOf(doc.title), doc)),
});
await report("headings", {
  docs: pages,
  queries: some(pages).flatMap((doc) => doc.headings.slice(-1).map((text) => asking(text, doc))),
});
await report("questions of the self-test (FTS5: nDCG 0.581)", { docs: pages, queries: questions() });
