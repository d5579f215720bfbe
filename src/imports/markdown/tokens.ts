/**
 * What may not be read as Markdown or HTML text: escapes, code spans and comments; and what may: tags.
 * Groups: 1 backticks of a code span, 2 "/" of a closing tag, 3 tag name, 4 attributes.
 */
export const SPAN_OR_TAG =
  /\\[\s\S]|(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|<!--[\s\S]*?-->|<(\/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[^\s"'=<>`/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/g;

export type Tag = { name: string; closing: boolean; attributes: Record<string, string> };

/** Calls `onTag` for each HTML tag of the text and puts its answer in the tag's place; code spans and escapes stay. */
export const replaceTags = (text: string, onTag: (tag: Tag, raw: string) => string): string =>
  text.replace(SPAN_OR_TAG, (raw: string, _ticks: string, slash: string, name: string, attributes: string) => {
    if (raw.startsWith("<!--")) return "";
    if (!name) return raw;
    return onTag({ name, closing: slash === "/", attributes: readAttributes(attributes) }, raw);
  });

const ATTRIBUTE = /([^\s"'=<>`/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

const readAttributes = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map((match) => [
      (match[1] ?? "").toLowerCase(),
      decodeEntities(match[2] ?? match[3] ?? match[4] ?? ""),
    ]),
  );

const ENTITIES: Record<string, string> = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">", nbsp: " " };

const decodeEntities = (text: string): string =>
  text
    .replace(/&#(\d{1,6});/g, (_raw, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&([a-z]+);/g, (raw: string, name: string) => ENTITIES[name] ?? raw);
