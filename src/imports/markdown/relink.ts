import { anchorId } from "./anchors.ts";
import { type FoundLink, type Rewrite, rewriteLinks } from "./links.ts";
import { isExternal, PAGE_FILE, splitAddress, type Target } from "./paths.ts";
import type { Survey } from "./survey.ts";
import { titleFromPath } from "./title.ts";

/** Where things of the folder are now, e.g. `/p/ID` and `/files/ID`; undefined for what was not imported. */
export type Places = { page: (source: string) => string | undefined; file: (path: string) => string | undefined };

/** `resolved`: links to pages, `files`: links to files, both counted. `broken`: addresses that lead nowhere. */
export type Relinked = { body: string; resolved: Target[]; files: string[]; broken: string[] };

/**
 * Points the links of one page at the pages and files of the product, with the ids of our headings as anchors. A link to a
 * page that does not exist becomes `[[Title|label]]`, from which it can be written; other addresses stay as they are.
 * @param source place of the page in the folder
 */
export const relink = (source: string, body: string, survey: Survey, places: Places): Relinked => {
  const seen: Omit<Relinked, "body"> = { resolved: [], files: [], broken: [] };
  const rewrite = (link: FoundLink): Rewrite => {
    if (link.address === "" || isExternal(link.address)) return undefined;
    if (link.address.startsWith("#"))
      return { address: `#${anchorId(survey.anchorsOf(source), link.address.slice(1))}` };
    const target = find(survey, source, link);
    const place = target && (target.kind === "page" ? places.page(target.path) : places.file(target.path));
    if (!target || place === undefined) return broken(link, seen);
    if (target.kind === "page") seen.resolved.push(target);
    else seen.files.push(target.path);
    return { address: place + anchorOf(survey, target) };
  };
  return { body: rewriteLinks(body, rewrite), ...seen };
};

const find = ({ resolver }: Survey, source: string, { kind, address }: FoundLink): Target | undefined =>
  kind === "wiki" ? resolver.resolveName(source, address) : resolver.resolve(source, address);

const anchorOf = (survey: Survey, { kind, path, anchor }: Target): string =>
  kind === "page" && anchor !== "" ? `#${anchorId(survey.anchorsOf(path), anchor)}` : "";

const broken = ({ kind, address, label }: FoundLink, seen: Omit<Relinked, "body">): Rewrite => {
  if (kind === "wiki") return undefined;
  seen.broken.push(address);
  const { path } = splitAddress(address);
  const title = titleFromPath(path);
  const isPage = kind === "link" && (PAGE_FILE.test(path) || !/\.[a-z0-9]{1,5}$/i.test(path));
  const words = label.replace(/[*_`]/g, "").trim();
  if (!isPage || title === "" || NOT_IN_WIKI_LINK.test(title + words)) return undefined;
  return { markdown: words === "" || words === title ? `[[${title}]]` : `[[${title}|${words}]]` };
};

/** Marks that would end a `[[wiki link]]` early or mean something else inside it. */
const NOT_IN_WIKI_LINK = /[[\]|#:\n\\]/;
