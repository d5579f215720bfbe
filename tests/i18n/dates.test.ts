import { describe, expect, test } from "vitest";
import { dayOf, exactTime, relativeTime } from "../../src/i18n/dates.ts";
import { formatNumber, formatSize } from "../../src/i18n/numbers.ts";

const NOW = "2026-11-22T12:00:00.000Z";

describe("times", () => {
  test.each([
    ["2026-11-22T11:59:30.000Z", "刚刚", "just now"],
    ["2026-11-22T11:15:00.000Z", "45 分钟前", "45 minutes ago"],
    ["2026-11-22T09:00:00.000Z", "3 小时前", "3 hours ago"],
    ["2026-11-21T09:00:00.000Z", "昨天", "yesterday"],
    ["2026-11-25T13:00:00.000Z", "3 天后", "in 3 days"],
    ["2026-09-10T12:00:00.000Z", "9 月 10 日", "September 10"],
    ["2024-01-05T12:00:00.000Z", "2024 年 1 月 5 日", "January 5, 2024"],
  ])("%s is said as %s and %s", (iso, zh, en) => {
    expect(relativeTime(iso, NOW, "zh-CN")).toBe(zh);
    expect(relativeTime(iso, NOW, "en")).toBe(en);
  });

  test("the exact time names day and minute", () => {
    expect(exactTime("2026-11-22T09:05:00", "zh-CN")).toBe("2026 年 11 月 22 日 09:05");
    expect(exactTime("2026-11-22T09:05:00", "en")).toBe("November 22, 2026 at 9:05 AM");
  });

  test("a date without a time stays that day in every zone", () => {
    expect(dayOf("2027-02-01", NOW, "en")).toBe("February 1, 2027");
  });
});

describe("numbers", () => {
  test("are grouped", () => expect(formatNumber(1234567, "zh-CN")).toBe("1,234,567"));

  test.each([
    [0, "0 B"],
    [812, "812 B"],
    [1024, "1 KB"],
    [1_468_006, "1.4 MB"],
    [52_428_800, "50 MB"],
    [5e15, "4,547 TB"],
  ])("%d bytes are %s", (bytes, said) => expect(formatSize(bytes, "en")).toBe(said));
});
