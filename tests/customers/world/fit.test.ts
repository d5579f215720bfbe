import { expect, test } from "vitest";
import type { Document } from "../../../src/customers/world/document.ts";
import { fitTexts } from "../../../src/customers/world/fit.ts";

const saying = (text: string): Document => ({
  kind: "page",
  id: "p",
  title: "T",
  url: "/",
  text,
  tags: [],
  why: [],
  badges: [],
  warnings: [],
  notes: [],
  end: "",
  say: null,
  tell: null,
});
const lengths = (texts: string[]): number[] => fitTexts(texts.map(saying)).map((document) => document.text.length);

test("what fits together stays whole", () => {
  expect(lengths(["短", "知".repeat(50_000), "x".repeat(200_000)])).toEqual([1, 50_000, 200_000]);
});

test("only the longest are cut, all at one length, five letters for a Chinese character", () => {
  const [short, long, latin] = lengths(["短", "知".repeat(200_000), "x".repeat(2_000_000)]);
  expect(short).toBe(1);
  expect(long).toBeGreaterThan(59_000);
  expect(long).toBeLessThan(60_000);
  expect(Math.round((latin ?? 0) / (long ?? 1))).toBe(5);
});

test("no character is cut in two", () => {
  const [text = ""] = fitTexts([saying("😀".repeat(200_000))]).map((document) => document.text);
  expect(text.isWellFormed()).toBe(true);
  expect(text.length).toBeGreaterThan(100_000);
});
