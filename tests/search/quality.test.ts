import { expect, test } from "vitest";
import { mean, mrrAt, ndcgAt } from "../../src/search/quality.ts";

const judgments = new Map([
  ["a", 3],
  ["b", 1],
  ["wrong", 0],
]);

test("the ideal order has gain 1, another less, and what stands too deep none", () => {
  expect(ndcgAt(10, ["a", "b"], judgments)).toBe(1);
  expect(ndcgAt(10, ["b", "a"], judgments)).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)));
  expect(ndcgAt(1, ["b", "a"], judgments)).toBeCloseTo(1 / 3);
  expect(ndcgAt(10, ["x"], judgments)).toBe(0);
  expect(ndcgAt(10, ["x"], new Map())).toBe(0);
});

test("the rank of the first right result counts by its reciprocal", () => {
  expect(mrrAt(10, ["wrong", "x", "b"], judgments)).toBeCloseTo(1 / 3);
  expect(mrrAt(2, ["wrong", "x", "b"], judgments)).toBe(0);
  expect(mean([1, 0, 0.5])).toBe(0.5);
  expect(mean([])).toBe(0);
});
