import { describe, expect, test } from "vitest";
import { LIMITS, TooComplex } from "../../src/markdown/limits.ts";
import { renderMarkdown } from "../../src/markdown/render.ts";

const table = (columns: number, rows: number): string =>
  [`|${"a|".repeat(columns)}`, `|${"-|".repeat(columns)}`, ...Array(rows).fill(`|${"b|".repeat(columns)}`)].join("\n");

describe("a text that costs far more to show than to write is refused with its reason", () => {
  test.each([
    ["columns", table(LIMITS.columns + 1, 1)],
    ["cells", table(LIMITS.columns, LIMITS.cells / LIMITS.columns)],
    ["nesting", `${"> ".repeat(100)}deep`],
    ["links", Array.from({ length: LIMITS.links + 1 }, (_, index) => `[[t${index}]]`).join(" ")],
    ["output", `[a]: /${"x".repeat(60_000)}\n\n${"[a] ".repeat(100)}`],
    ["output", `[a]: /${"x".repeat(1_000_000)}\n\n${"[a] ".repeat(5_000)}`],
    ["output", "&".repeat(LIMITS.output / 4)],
    ["text", "a".repeat(LIMITS.text + 1)],
  ])("%s", (limit, text) => {
    expect(() => renderMarkdown(text)).toThrow(expect.objectContaining({ name: "TooComplex", limit }));
  });

  test("while what stays just inside is shown", () => {
    expect(() => renderMarkdown(table(LIMITS.columns, 20))).not.toThrow();
    expect(() => renderMarkdown(`${"> ".repeat(30)}deep`)).not.toThrow();
    expect(() =>
      renderMarkdown(
        Array(LIMITS.links + 1)
          .fill("[[t]]")
          .join(" "),
      ),
    ).not.toThrow();
  });
});

test("the error is one that callers can tell from others", () => {
  expect(new TooComplex("time")).toMatchObject({ name: "TooComplex", limit: "time" });
});
