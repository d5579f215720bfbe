import { expect, test } from "vitest";
import type { z } from "zod";
import { day, quantity, text, texts, words } from "../../src/forms/fields.ts";

const ruleOf = (schema: z.ZodType, given: unknown): string | undefined =>
  schema.safeParse(given).error?.issues[0]?.message;

test("spaces around a text do not count, and line breaks are those of the server", () => {
  expect(words(20).parse("  华信\r\n仪器 ")).toBe("华信\n仪器");
  expect(ruleOf(words(20), "   ")).toBe("shared.form.required");
  expect(ruleOf(words(2), "华信仪器")).toBe("shared.form.tooLong");
});

test("an empty text means nothing", () => {
  expect(text(20).parse(" ")).toBeNull();
  expect(text(20).parse(" x ")).toBe("x");
});

test("a list takes lines, commas and semicolons of both scripts, each text once", () => {
  expect(texts(20).parse("v7.5\nv7.4, v7.3；A 版、A 版")).toEqual(["v7.5", "v7.4", "v7.3", "A 版"]);
  expect(texts(20).parse(" \n ")).toEqual([]);
  expect(ruleOf(texts(3), "abc, abcd")).toBe("shared.form.tooLong");
});

test("a day is read however people write it, and must exist", () => {
  for (const given of ["2026-11-09", "2026/11/9", "2026.11.09", "2026年11月9日"])
    expect(day.parse(given)).toBe("2026-11-09");
  expect(day.parse("")).toBeNull();
  for (const given of ["2026-02-30", "tomorrow", "11/9"]) expect(ruleOf(day, given)).toBe("shared.form.day");
});

test("a quantity is read with separators and units; it is one when nothing is said", () => {
  expect(quantity.parse("1,200")).toBe(1200);
  expect(quantity.parse("４８ 台")).toBe(48);
  expect(quantity.parse("")).toBe(1);
  for (const given of ["many", "-3", "1.5e400000000000"]) expect(ruleOf(quantity, given)).toBe("shared.form.quantity");
});
