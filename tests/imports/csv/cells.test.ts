import { describe, expect, test } from "vitest";
import { type Kind, readCell, splitList } from "../../../src/imports/csv/cells.ts";

const read = (written: string, kind: Kind, timeZone = "Asia/Shanghai") => {
  const cell = readCell(written, kind, { timeZone });
  return "value" in cell ? cell.value : cell.reason[0];
};

describe("cells", () => {
  test.each([
    ["'=1+1", "=1+1"],
    ["'+86 21", "+86 21"],
    ["'@mei", "@mei"],
    ["'quoted'", "'quoted'"],
    ["  华为 ", "华为"],
  ])("text %j is %j", (written, expected) => {
    expect(read(written, { is: "text", longest: 10 })).toBe(expected);
  });

  test("text over its limit is refused", () => {
    expect(read("12345678901", { is: "text", longest: 10 })).toBe("imports.tooLong");
  });

  test.each([
    ["1,234,567.50", "1234567.50"],
    ["¥ 1,200", "1200"],
    ["1.2万", "12000"],
    ["3亿元", "300000000"],
    ["-5", "-5"],
    ["1100.04", "1100.04"],
    ["about 5", "imports.notNumber"],
    ["1.2.3", "imports.notNumber"],
  ])("number %j is %s", (written, expected) => {
    expect(read(written, { is: "number" })).toBe(expected);
  });

  test.each([
    ["2026-11-21", "2026-11-21"],
    ["2026/1/2", "2026-01-02"],
    ["2026年11月21日", "2026-11-21"],
    ["2026-11-21 08:00:00", "2026-11-21"],
    ["10/20/2016", "2016-10-20"],
    ["20/10/2016", "2016-10-20"],
    ["3.7.2017", "2017-07-03"],
    ["45982", "2025-11-21"],
    ["2026-02-30", "imports.notDate"],
    ["soon", "imports.notDate"],
  ])("date %j is %s", (written, expected) => {
    expect(read(written, { is: "date" })).toBe(expected);
  });

  test.each([
    ["2026-11-21 20:05", "2026-11-21T12:05:00.000Z"],
    ["2026-11-21T20:05:06Z", "2026-11-21T20:05:06.000Z"],
    ["2026-11-21T20:05:06+02:00", "2026-11-21T18:05:06.000Z"],
    ["11/21/2026 8:05 PM", "2026-11-21T12:05:00.000Z"],
    ["2026年11月21日 09:30", "2026-11-21T01:30:00.000Z"],
    ["2026-11-21", "2026-11-20T16:00:00.000Z"],
    ["1795262400000", "2026-11-21T12:00:00.000Z"],
    ["2026-11-21 25:00", "imports.notDate"],
  ])("time %j in Shanghai is %s", (written, expected) => {
    expect(read(written, { is: "time" })).toBe(expected);
  });

  test("a time without a zone follows the clocks of its zone, summer time too", () => {
    expect(read("2026-07-01 12:00", { is: "time" }, "Europe/Berlin")).toBe("2026-07-01T10:00:00.000Z");
    expect(read("2026-01-01 12:00", { is: "time" }, "America/New_York")).toBe("2026-01-01T17:00:00.000Z");
  });

  test("a choice is known by any of its words", () => {
    const kind: Kind = { is: "choice", of: { phone: ["打电话", "call"], other: [] } };
    expect([read("Call", kind), read("打电话", kind), read("other", kind), read("pigeon", kind)]).toEqual([
      "phone",
      "phone",
      "other",
      "imports.notChoice",
    ]);
  });

  test.each([
    ["华为；华为技术、HW|H", ["华为", "华为技术", "HW", "H"]],
    ["a, b，c", ["a", "b", "c"]],
    ["Smith, Ltd.; Smith", ["Smith, Ltd.", "Smith"]],
  ])("list %j", (written, parts) => {
    expect(splitList(written)).toEqual(parts);
  });
});
