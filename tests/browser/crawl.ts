import type { Route } from "../../src/http/route.ts";
import type { Site } from "./site.ts";

/** The routes that show a screen. */
export const screenRoutes = (routes: readonly Route[]): string[] =>
  routes.filter(({ method, path }) => method === "get" && !path.startsWith("/api/")).map(({ path }) => path);

/** An address, and the HTML that it answered with. */
export type Found = { url: string; html: string };

/**
 * Follows the links of a site from its home page as one visitor, each kind of address three times.
 * @param seeds addresses to begin with beside the home page: those that forms lead to
 * @param patterns route paths such as `/p/:id/:slug`
 * @returns the first page found for each route, by route path
 */
export const crawl = async (
  site: Site,
  session: string,
  { patterns, seeds }: { patterns: readonly string[]; seeds: readonly string[] },
): Promise<Map<string, Found>> => {
  const known = patterns.map((path) => ({ path, matches: matcher(path) }));
  const queue = ["/", ...seeds];
  const tried = new Map<string, number>();
  const found = new Map<string, Found>();
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    const route = known.find(({ matches }) => matches.test(pathOf(url)))?.path;
    const times = tried.get(route ?? "") ?? 0;
    if (route === undefined || times >= 3) continue;
    tried.set(route, times + 1);
    const html = await pageAt(site, session, url);
    if (html === undefined) continue;
    if (!found.has(route)) found.set(route, { url, html });
    queue.push(...linksIn(html));
  }
  return found;
};

/** The HTML at an address, as one visitor; undefined for anything but a page. */
const pageAt = async (site: Site, session: string, url: string): Promise<string | undefined> => {
  const headers = { cookie: `zhike-session=${session}` };
  const response = await fetch(site.url + url, { headers, redirect: "manual" });
  const isPage = response.ok && (response.headers.get("content-type") ?? "").startsWith("text/html");
  return isPage ? response.text() : undefined;
};

const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, url = ""]) => unescaped(url).split("#")[0] ?? "");

const unescaped = (attribute: string): string => attribute.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=");

const pathOf = (url: string): string => url.split("?")[0] ?? "";

/** `/files/:id{/:name}` → /^\/files\/[^/]+(\/[^/]+)?$/ */
const matcher = (pattern: string): RegExp => {
  const expression = pattern
    .replace(/[.]/g, "\\.")
    .replace(/\{([^}]*)\}/g, "($1)?")
    .replace(/:\w+/g, "[^/]+")
    .replace(/\*\w+/g, ".+");
  return new RegExp(`^${expression}$`);
};

/** Elements that are never closed, or need not be. */
const VOID = new Set([
  "area",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "option",
  "source",
  "track",
  "wbr",
]);
const ENDS_PARAGRAPH =
  /^(address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|section|table|ul)$/;

/** Tags that the browser would move about: those closed in the wrong order, and blocks inside a paragraph. */
export const misplacedTags = (html: string): string[] => {
  const open: string[] = [];
  const misplaced: string[] = [];
  for (const [tag, slash, name = ""] of withoutText(html).matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (slash && !VOID.has(name)) {
      if (open.at(-1) !== name) misplaced.push(`${tag} closes <${open.at(-1)}>`);
      open.length = Math.max(0, open.lastIndexOf(name));
    } else if (!slash) {
      if (ENDS_PARAGRAPH.test(name) && open.includes("p")) misplaced.push(`${tag} in <p>`);
      if (!VOID.has(name) && !tag.endsWith("/>")) open.push(name);
    }
  }
  return misplaced;
};

const withoutText = (html: string): string =>
  html.replace(/<!doctype[^>]*>/i, "").replace(/<(textarea|script)([^>]*)>.*?<\/\1>/gs, "<$1$2></$1>");
