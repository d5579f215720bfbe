import { expect, test } from "vitest";
import { translator } from "../../src/i18n/i18n.ts";
import { type Report, reportJson, reportText, startReport, tally } from "../../src/imports/report.ts";

const sample = (): Report => {
  const report = startReport("customers", true);
  report.unchanged = 2;
  report.findings.push(
    { outcome: "made", file: "c.csv", line: 2, url: "/c/a" },
    { outcome: "refused", file: "c.csv", line: 3, field: "name", reason: ["imports.missing"] },
    { outcome: "refused", file: "c.csv", line: 3, field: "tier", reason: ["imports.notChoice", { value: "Z" }] },
  );
  tally(report, "links_resolved", 3);
  return report;
};

test("for people: figures first, then what was not simply done, in either language", () => {
  expect(reportText(sample(), translator("en")).split("\n")).toEqual([
    "Check only, nothing is written",
    "created 1, changed 0, unchanged 2, skipped 0, refused 1",
    "links resolved: 3",
    "Refused  c.csv:3:name  Must not be empty",
    "Refused  c.csv:3:tier  Unknown value: Z",
  ]);
  expect(reportText(sample(), translator("zh-CN"))).toContain("未接受  c.csv:3:name  不能为空");
});

test("for programs: counts, and every thing with its file, line, field and code", () => {
  expect(reportJson(sample(), translator("en"))).toEqual({
    import: "customers",
    dry_run: true,
    made: 1,
    changed: 0,
    unchanged: 2,
    skipped: 0,
    refused: 1,
    links_resolved: 3,
    items: [
      { outcome: "made", file: "c.csv", line: 2, url: "/c/a" },
      { outcome: "refused", file: "c.csv", line: 3, field: "name", code: "missing", message: "Must not be empty" },
      { outcome: "refused", file: "c.csv", line: 3, field: "tier", code: "notChoice", message: "Unknown value: Z" },
    ],
  });
});
