import { rewriteText } from "./blocks.ts";
import { destination } from "./spans.ts";
import { SPAN_OR_TAG } from "./tokens.ts";

/** One link, image or reference definition as it stands in the source. `label` is its Markdown source. */
export type FoundLink = { kind: "link" | "image" | "definition" | "wiki"; address: string; label: string };

/** What a link becomes: another address, other Markdown in its place, or undefined for "stays as it is". */
export type Rewrite = { address: string } | { markdown: string } | undefined;

/**
 * Rewrites every link of a Markdown source outside code: inline links and images, reference definitions and
 * `[[wiki links]]`. Everything but the addresses is kept to the letter; a link that lacks its last bracket gets it.
 */
export const rewriteLinks = (source: string, rewrite: (link: FoundLink) => Rewrite): string =>
  rewriteText(source, (text, kind) => (kind === "definition" ? inDefinitions(text, rewrite) : inText(text, rewrite)));

const DEFINITION = /^([ >]*\[(?:\\.|[^\]\\])+\]:[ \t]*\n?[ >]*)(<[^>\n]*>|\S+)/gm;

const inDefinitions = (text: string, rewrite: (link: FoundLink) => Rewrite): string =>
  text.replace(DEFINITION, (all, before: string, written: string) => {
    const answer = rewrite({ kind: "definition", address: unwrap(written), label: "" });
    return answer && "address" in answer ? before + destination(answer.address) : all;
  });

/** What matters in running text: things to leave alone, wiki links, opening brackets, and `](address "title")`. */
const TOKEN = new RegExp(
  [
    `(?<skip>${SPAN_OR_TAG.source.replace("(`+)", "(?<ticks>`+)").replace("\\1", "\\k<ticks>")}|<https?:[^\\s<>]*>)`,
    "(?<wiki>!?\\[\\[(?<target>[^\\[\\]|\\n]+)(?:\\\\?\\|(?<words>[^\\[\\]\\n]*))?\\]\\])",
    "(?<open>!?\\[)",
    "\\]\\((?<lead>\\s*)(?<address><[^>\\n]*>|(?:\\\\.|[^\\s()\\\\]|\\((?:\\\\.|[^\\s()\\\\]|\\([^\\s()]*\\))*\\))*)" +
      "(?<tail>(?:\\s+(?:\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|\\((?:\\\\.|[^()\\\\])*\\)))?\\s*)(?:\\)|(?<unclosed>$))",
    "(?<shut>\\])",
  ].join("|"),
  "g",
);

const inText = (text: string, rewrite: (link: FoundLink) => Rewrite): string => {
  const opened: { at: number; image: boolean }[] = [];
  let out = "";
  let read = 0;
  for (const match of text.matchAll(TOKEN)) {
    const groups = match.groups ?? {};
    out += text.slice(read, match.index);
    read = match.index + match[0].length;
    if (groups.wiki !== undefined) out += rewriteWiki(match[0], groups, rewrite);
    else if (groups.address !== undefined) out = endLink(out, match[0], groups, opened.pop(), rewrite);
    else out += match[0];
    if (groups.open) opened.push({ at: out.length, image: groups.open === "![" });
    if (groups.shut) opened.pop();
  }
  return out + text.slice(read);
};

type Groups = Record<string, string | undefined>;
type Opened = { at: number; image: boolean } | undefined;

const endLink = (out: string, raw: string, groups: Groups, opened: Opened, rewrite: (link: FoundLink) => Rewrite) => {
  if (!opened) return out + raw;
  const label = out.slice(opened.at);
  const kind = opened.image ? "image" : "link";
  const answer = rewrite({ kind, address: unwrap(groups.address ?? ""), label });
  if (!answer || (groups.unclosed !== undefined && "markdown" in answer)) return out + raw;
  if ("markdown" in answer) return out.slice(0, opened.at - (opened.image ? 2 : 1)) + answer.markdown;
  return `${out}](${groups.lead ?? ""}${destination(answer.address)}${groups.tail ?? ""})`;
};

const rewriteWiki = (raw: string, { target = "", words }: Groups, rewrite: (link: FoundLink) => Rewrite): string => {
  const label = (words ?? "").trim();
  const answer = rewrite({ kind: "wiki", address: target.replace(/\\$/, "").trim(), label });
  if (!answer) return raw;
  if ("markdown" in answer) return answer.markdown;
  return `${raw.startsWith("!") ? "!" : ""}[${label || target.trim()}](${destination(answer.address)})`;
};

const unwrap = (written: string): string =>
  (written.startsWith("<") ? written.slice(1, -1) : written).replace(/\\([!-/:-@[-`{-~])/g, "$1");
