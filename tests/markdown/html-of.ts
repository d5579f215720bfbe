import { renderMarkdown } from "../../src/markdown/render.ts";
import { fillSegments } from "../../src/markdown/segments.ts";

/** A text's HTML with its open pieces shown as `{kind}`, so that a test can see where they stand. */
export const htmlOf = (text: string): string =>
  fillSegments(renderMarkdown(text).segments, {
    link: (ref, label) => `{${ref.kind} ${label.replace(/[&<>"']/g, "?")}}`,
    block: (kind, number) => `{${kind} ${number}}`,
  });
