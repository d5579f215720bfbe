import type { Block } from "./blocks.ts";
import { CELL, ROW, TABLE_END, TABLE_START } from "./html-tables.ts";
import { around, closeSpan, destination, linkTo, openSpan, type Wrap } from "./spans.ts";
import type { Tag } from "./tokens.ts";

/** What has to be remembered from tag to tag of one page. */
export type State = { spans: Wrap[]; lists: { ordered: boolean }[]; elements: Record<string, number> };

export const freshState = (): State => ({ spans: [], lists: [], elements: {} });

/** The Markdown for one tag. Words in angle brackets that are no HTML and no component stay as they are. */
export const toMarkdown = (tag: Tag, raw: string, kind: Block["kind"], state: State): string => {
  const name = tag.name.toLowerCase();
  if (!KNOWN.has(name) && !isComponent(tag.name, kind)) return raw;
  if (!tag.closing) state.elements[name] = (state.elements[name] ?? 0) + 1;
  const mark = MARKS[name];
  if (mark) {
    const apart = name === "summary" && kind === "html" ? "\n\n" : "";
    return tag.closing ? closeSpan + apart : apart + openSpan(state.spans, around(mark));
  }
  if (name === "a") return tag.closing ? closeSpan : openSpan(state.spans, linkTo(tag.attributes.href ?? ""));
  if (EMBEDDED.has(name)) return tag.closing ? "" : embedded(tag.attributes);
  return kind === "html" ? blockTag(name, tag, state) : inlineTag(name, tag, kind);
};

const MARKS: Record<string, string> = {
  ...{ strong: "**", b: "**", summary: "**", em: "*", i: "*", cite: "*", code: "`", kbd: "`", samp: "`", tt: "`" },
  ...{ s: "~~", del: "~~", strike: "~~" },
};
const EMBEDDED = new Set(["img", "video", "audio", "source", "iframe", "embed", "object"]);
const BLOCKS = new Set(
  "address article aside blockquote center dd details div dl dt figcaption figure footer form header main nav p pre section".split(
    " ",
  ),
);
const OTHERS =
  "abbr big br caption col colgroup font h1 h2 h3 h4 h5 h6 hr ins label li mark ol picture q small span sub sup table tbody td tfoot th thead tr track u ul wbr button";
const KNOWN = new Set(["a", ...Object.keys(MARKS), ...EMBEDDED, ...BLOCKS, ...OTHERS.split(" ")]);

/** `<SimpleTab>`, `<Column>`: components of a documentation site, on lines of their own. `<YOUR_NAME>` is none. */
const isComponent = (name: string, kind: Block["kind"]): boolean =>
  kind === "html" && /^[A-Z][a-z]+(?:[A-Z][a-z]+)*$/.test(name);

const embedded = ({ src, data, alt, title, "aria-label": label }: Record<string, string>): string => {
  const address = src ?? data ?? "";
  if (address === "") return "";
  const words = (alt ?? title ?? label ?? "").replace(/\s+/g, " ").trim();
  return IMAGE.test(address) || alt !== undefined
    ? `![${words}](${destination(address)})`
    : `[${words || address}](${destination(address)}) `;
};

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg)(?:[?#]|$)/i;

const inlineTag = (name: string, tag: Tag, kind: Block["kind"]): string => {
  if (name === "li" && !tag.closing) return " • ";
  if (name !== "br") return "";
  return kind === "prose" ? "\\\n" : " ";
};

const blockTag = (name: string, tag: Tag, state: State): string => {
  const heading = /^h([1-6])$/.exec(name);
  if (heading) return tag.closing ? "\n\n" : `\n\n${"#".repeat(Number(heading[1]))} `;
  if (name === "li") return tag.closing ? "" : `\n${bullet(state)}`;
  if (name === "ul" || name === "ol") return listTag(name, tag, state);
  if (name === "hr") return "\n\n---\n\n";
  if (name === "br") return "\n";
  const table = TABLE_TAGS[`${tag.closing ? "/" : ""}${name}`];
  if (table !== undefined) return table;
  return BLOCKS.has(name) || isComponent(tag.name, "html") ? `\n\n${labelOf(tag)}` : "";
};

const TABLE_TAGS: Record<string, string> = {
  ...{ table: TABLE_START, "/table": TABLE_END, tr: ROW, td: CELL, th: CELL, "/td": "", "/th": "", "/tr": "" },
};

const listTag = (name: string, tag: Tag, state: State): string => {
  if (tag.closing) state.lists.pop();
  else state.lists.push({ ordered: name === "ol" });
  return state.lists.length === (tag.closing ? 0 : 1) ? "\n\n" : "\n";
};

const bullet = (state: State): string => {
  const depth = Math.max(state.lists.length, 1);
  return `${"   ".repeat(depth - 1)}${state.lists.at(-1)?.ordered ? "1." : "-"} `;
};

/** `<div label="…">` is how tabs are written: the label is the only heading their text has. */
const labelOf = ({ closing, attributes: { label, title } }: Tag): string => {
  const words = (label ?? title ?? "").trim();
  return closing || words === "" ? "" : `**${words}**\n\n`;
};
