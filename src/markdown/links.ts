import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { beforeCjk } from "./cjk.ts";
import { headingId } from "./heading-id.ts";
import { inlineText } from "./plain-text.ts";
import { parsePath } from "./refs.ts";
import { writeSlot } from "./segments.ts";

const EXTERNAL = /^https?:/i;
const ALLOWED = /^(?:https?:|mailto:|tel:)/i;
const LOCAL = /^(?:[#?]|\/(?!\/)|[^:/?#]+(?:[/?#]|$))/;

/**
 * Which addresses are links, what is linked without being asked, and what becomes of them: links into this site and
 * pictures of its files become slots; pictures of other sites become links, as nothing is loaded from third parties.
 */
export const links = (md: MarkdownIt): void => {
  md.validateLink = (url) => ALLOWED.test(url.trim()) || LOCAL.test(url.trim());
  md.normalizeLinkText = withoutNul(md.normalizeLinkText);
  linkOnlyWrittenAddresses(md);
  md.core.ruler.push("links", (state) => {
    for (const token of state.tokens) if (token.children) token.children = openLinks(state, token.children);
  });
};

/** The addresses of other sites a parsed text links to, distinct and in order. */
export const listUrls = (tokens: Token[]): string[] => {
  const hrefs = tokens.flatMap((token) => token.children ?? []).map((token) => String(token.attrGet("href") ?? ""));
  return [...new Set(hrefs.filter((href) => EXTERNAL.test(href)))];
};

/** `%00` in an address would become U+0000 again, which marks slots (segments.ts). */
const withoutNul =
  (normalize: (text: string) => string) =>
  (text: string): string =>
    normalize(text).replaceAll("\0", "\uFFFD");

const linkOnlyWrittenAddresses = (md: MarkdownIt): void => {
  const { linkify } = md;
  linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  linkify.add("ftp:", null).add("//", null);
  for (const schema of ["http:", "https:"])
    linkify.add(schema, { validate: (text, pos) => webAddressLength(md, text, pos) });
};

/** Chinese is written on without a space: the first CJK character ends an address. */
const webAddressLength = ({ linkify }: MarkdownIt, text: string, pos: number): number => {
  const validator = linkify.re.get_http_validator();
  validator.lastIndex = pos;
  return beforeCjk(validator.exec(text)?.[0] ?? "").length;
};

const openLinks = (state: StateCore, tokens: Token[]): Token[] => {
  const result: Token[] = [];
  let opened: Token | undefined;
  let inside: Token[] = [];
  for (const token of tokens) {
    if (token.type === "link_open") [opened, inside] = [token, []];
    else if (token.type === "link_close" && opened) {
      result.push(...openLink(state, [opened, ...inside, token]));
      opened = undefined;
    } else (opened ? inside : result).push(...openPicture(state, token, opened !== undefined));
  }
  return result;
};

const openLink = (state: StateCore, link: Token[]): Token[] => {
  const href = String(link[0]?.attrGet("href") ?? "");
  const ref = parsePath(href);
  if (ref && !link.some((token) => token.type === "slot"))
    return [slot(state, writeSlot({ ref, label: inlineText(link) }))];
  if (EXTERNAL.test(href)) link[0]?.attrSet("rel", "noopener noreferrer");
  if (href.startsWith("#")) link[0]?.attrSet("href", `#${encodeURIComponent(headingId(decodeAnchor(href)))}`);
  return link;
};

const openPicture = (state: StateCore, token: Token, insideLink: boolean): Token[] => {
  if (token.type !== "image") return [token];
  const src = String(token.attrGet("src") ?? "");
  const label = inlineText(token.children ?? []);
  const ref = parsePath(src);
  if (ref?.kind === "file") return [slot(state, writeSlot({ ref: { ...ref, image: true }, label }))];
  const text = withContent(new state.Token("text", "", 0), label || src);
  if (insideLink || src === "") return [text];
  const open = new state.Token("link_open", "a", 1);
  open.attrs = [["href", src]];
  return openLink(state, [open, text, new state.Token("link_close", "a", -1)]);
};

const slot = (state: StateCore, content: string): Token => withContent(new state.Token("slot", "", 0), content);

const withContent = (token: Token, content: string): Token => {
  token.content = content;
  return token;
};

const decodeAnchor = (href: string): string => {
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    return href.slice(1);
  }
};
