import { expect, test } from "vitest";
import { parseQuery } from "../../src/analyzer/query.ts";
import { eightLengths, inverseFrequency, lengthBucket, normOf, postingOf, scoreOf } from "../../src/search/bm25.ts";
import { index } from "../../src/search/index.ts";
import { rankDocs } from "../../src/search/rank.ts";
import { weighTerms } from "../../src/search/weigh.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

test("a length falls into the bucket that begins at or just below it", () => {
  for (const length of [1, 2, 3, 7, 8, 100, 1000, 12_345, 60_000]) {
    const bucket = lengthBucket(length);
    expect(eightLengths(bucket)).toBeLessThanOrEqual(8 * length);
    expect(eightLengths(bucket + 1)).toBeGreaterThan(8 * length);
  }
  expect(lengthBucket(0)).toBe(0);
  expect(lengthBucket(10_000_000)).toBe(127);
});

test("a rare term is worth more, and even one in every document is worth something", () => {
  expect(inverseFrequency(100, 1)).toBeGreaterThan(inverseFrequency(100, 50));
  expect(inverseFrequency(100, 100)).toBeGreaterThan(0);
});

test("a posting fits in fifteen bits", () => {
  expect(postingOf(1_000_000, 127)).toBe(2 ** 15 - 1);
});

test("the database computes the score to the last digit", async () => {
  const cast = await castIn(await openTestDatabase());
  const scopeId = cast.spaces.handbook.scope_id;
  const bodies = [
    "backup",
    "backup backup of many other words than this",
    "words ".repeat(90),
    `backup ${"x y ".repeat(400)}`,
  ];
  await cast.as("system", async (tx) => {
    for (const [at, body] of bodies.entries())
      await index(tx, { kind: "page", refId: `p${at}`, scopeId, title: "", tags: [], headings: [], body });
  });
  const read = await cast.read("nobody");
  const weights = await weighTerms(read, parseQuery("backup"));
  const { ranked, total } = await rankDocs(read, weights, { conditions: [], limit: 10, offset: 0 });
  const rows = await cast.db
    .selectFrom("search_posting")
    .select(["d", "i"])
    .where("t", "=", weights.terms[0]?.t ?? -1)
    .execute();
  const expected = rows.map(({ d, i }) => ({ d, score: scoreOf(weights.terms[0]?.weight ?? 0, i, weights.norm) }));
  expect(ranked).toEqual(expected.sort((a, b) => b.score - a.score || a.d - b.d));
  expect(total).toBe(3);
  expect(normOf(8 * 100).base).toBe(800);
});
