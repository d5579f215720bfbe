import Handlebars from "handlebars";
import { atLeast } from "../access/grant.ts";
import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Page } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { type Ref, refKey, refText } from "../markdown/refs.ts";
import type { Rendered } from "../markdown/render.ts";
import { type BlockKind, fillSegments } from "../markdown/segments.ts";
import { type SafeHtml, safeHtml } from "../views/safe.ts";
import { type From, fromPage, resolveRefs, type Target } from "./links/queries.ts";
import { findSpaces } from "./links/titles.ts";
import { newPageUrl } from "./urls.ts";

type Reading = { read: Reader; viewer: Viewer; t: T };

/**
 * The body of a page for one viewer. A link to something hidden comes out like one to something missing: red, and
 * leading to where it can be written, for those who may write there; plain words for others.
 */
export async function presentBody(
  { read, viewer, t }: Reading,
  page: Pick<Page, "space_id">,
  rendered: Rendered,
): Promise<SafeHtml> {
  const { targets, from } = await resolveFrom(read, page, rendered.refs);
  const link = (ref: Ref, label: string): string => {
    const target = targets.get(refKey(ref));
    return target ? linkTo(target, ref, label) : missing({ ref, label, t, place: placeToWrite(viewer, from, ref) });
  };
  const block = (kind: BlockKind, number: number): string =>
    kind === "say" ? sayHeading(t, number, rendered.sayBlocks[number] ?? "") : heading(t("pages.internal"));
  return safeHtml(fillSegments(rendered.segments, { link, block }));
}

/** Most texts name no space and miss no page: then nobody asks which spaces there are. */
async function resolveFrom(read: Reader, page: Pick<Page, "space_id">, refs: Ref[]) {
  const titles = refs.filter((ref) => ref.kind === "title");
  const near = { spaceId: page.space_id, spaces: [] };
  const named = titles.some((ref) => ref.space !== undefined) ? await fromPage(read, page) : near;
  const targets = await resolveRefs(read, refs, named);
  const misses = named === near && titles.some((ref) => !targets.has(refKey(ref)));
  return { targets, from: misses ? await fromPage(read, page) : named };
}

const escaped = (text: string): string => Handlebars.escapeExpression(text);

function linkTo(target: Target, ref: Ref, label: string): string {
  if (ref.kind === "file" && ref.image)
    return `<img src="${escaped(target.url)}" alt="${escaped(label)}" loading="lazy">`;
  const anchor = "anchor" in ref && ref.anchor !== undefined ? `#${encodeURIComponent(ref.anchor)}` : "";
  const kind = ref.kind === "title" ? "page" : ref.kind;
  return `<a class="ref ${kind}" href="${escaped(target.url + anchor)}">${escaped(label || target.name)}</a>`;
}

/** Where a missing page would be written: the key of the space it names, or of the page's own. */
function placeToWrite(viewer: Viewer, from: From, ref: Ref): string | undefined {
  if (ref.kind !== "title") return undefined;
  const named = findSpaces(ref, from.spaces);
  const space = from.spaces.find(({ id }) => (named.length > 0 ? named.includes(id) : id === from.spaceId));
  return space && atLeast(viewer, space, "edit") ? space.key : undefined;
}

function missing({ ref, label, t, place }: { ref: Ref; label: string; t: T; place: string | undefined }): string {
  const words = escaped(label || refText(ref));
  if (place === undefined) return words;
  const url = newPageUrl({ key: place }, refText(ref));
  return `<a class="missing" href="${escaped(url)}" title="${escaped(t("pages.missing"))}">${words}</a>`;
}

const heading = (words: string, more = ""): string => `<header>${escaped(words)}${more}</header>`;

/** With a button that copies what may be told, as plain text. */
function sayHeading(t: T, number: number, words: string): string {
  const id = `say-${number}`;
  const said = `data-done="${escaped(t("shared.copied"))}" data-failed="${escaped(t("shared.copyFailed"))}"`;
  const button = `<button class="button small" type="button" data-copy="#${id}" ${said}>${escaped(t("shared.copy"))}</button>`;
  return heading(t("pages.say"), `${button}<span id="${id}" hidden>${escaped(words)}</span>`);
}
