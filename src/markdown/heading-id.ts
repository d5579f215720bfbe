const LONGEST_ID = 80;

/**
 * The id of a heading, readable in Chinese and English: `## 支持范围` → `h-支持范围`. The prefix keeps ids chosen by
 * writers apart from those of the page around the text.
 */
export const headingId = (text: string): string => {
  const words =
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/^h-/, "")
      .match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  return `h-${[...words.join("-")].slice(0, LONGEST_ID).join("").replace(/-$/, "") || "section"}`;
};
