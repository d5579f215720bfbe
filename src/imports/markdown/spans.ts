/** How the text between an opening and a closing tag is written in Markdown. */
export type Wrap = (inner: string) => string;

const OPEN = "\uFDD0";
const CLOSE = "\uFDD1";
const END = "\uFDD2";
const SPAN = /\uFDD0(\d+)\uFDD2([^\uFDD0\uFDD1\uFDD2]*)\uFDD1/;

/** Marks where a span starts; the mark is replaced by closeSpans. U+FDD0 to U+FDD2 occur in no valid text. */
export const openSpan = (spans: Wrap[], wrap: Wrap): string => `${OPEN}${spans.push(wrap) - 1}${END}`;

export const closeSpan = CLOSE;

/** Writes each marked span in Markdown, innermost first. A span that never closes keeps its words alone. */
export const closeSpans = (text: string, spans: Wrap[]): string => {
  let rest = text;
  for (let match = SPAN.exec(rest); match; match = SPAN.exec(rest)) {
    const wrap = spans[Number(match[1])];
    const written = wrap ? wrap(match[2] ?? "") : (match[2] ?? "");
    rest = rest.slice(0, match.index) + written + rest.slice(match.index + match[0].length);
  }
  return rest.replace(/\uFDD0(\d+)\uFDD2/g, (_all, i: string) => spans[Number(i)]?.("") ?? "").replaceAll(CLOSE, "");
};

/** Puts Markdown marks tightly around the words, as they must stand, and leaves outer spaces outside. */
export const around =
  (mark: string): Wrap =>
  (inner) => {
    const words = oneLine(inner);
    const before = /^\s/.test(inner) ? " " : "";
    const after = /\s$/.test(inner) ? " " : "";
    return words === "" ? inner : `${before}${mark}${words}${mark}${after}`;
  };

/** A link to an address; without words the address stands for itself, but a bare place in the page is dropped. */
export const linkTo =
  (address: string): Wrap =>
  (inner) => {
    const words = oneLine(inner);
    if (words === "" && (address === "" || address.startsWith("#"))) return "";
    return address === "" ? words : `[${words === "" ? address : words}](${destination(address)})`;
  };

/** An address as a Markdown link destination. */
export const destination = (address: string): string =>
  /[\s()<>]/.test(address) ? `<${address.trim().replace(/[<>\n]/g, encodeURIComponent)}>` : address;

const oneLine = (text: string): string =>
  text
    .replace(/^\s*(?:#{1,6}|[-*]|\d+\.) /gm, "")
    .replace(/\s+/g, " ")
    .trim();
