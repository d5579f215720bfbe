import { posix } from "node:path";
import { PAGE_FILE } from "./paths.ts";

/**
 * A page to be: `source` is the path of its file, or `folder/` for a folder that has no page of its own and gets one.
 * `parent` is the source of the page above it; pages at the top have none.
 */
export type PlannedPage = { source: string; parent: string | undefined; folder: string | undefined };

export type PlannedTree = {
  /** Parents before children; siblings by their position, else in natural order of their names (2 before 10). */
  pages: PlannedPage[];
  /** Folder → source of its page. The imported folder itself is "" and has a page only if it brings one. */
  folderPages: Map<string, string>;
};

/**
 * Turns the paths of page files into a tree. The page of a folder is its index.md, _index.md or README.md, else
 * `Folder.md` beside `Folder/`, else one that is made for it.
 */
export const planTree = (paths: string[], positions: ReadonlyMap<string, number> = new Map()): PlannedTree => {
  const inside = Map.groupBy(paths, parentFolder);
  const folderPages = new Map<string, string>();
  for (const folder of foldersOf(paths)) {
    const beside = folder === "" ? undefined : (besideFolder(folder, inside) ?? `${folder}/`);
    const page = ownPage(folder, inside) ?? beside;
    if (page !== undefined) folderPages.set(folder, page);
  }
  const folderOf = new Map([...folderPages].map(([folder, page]) => [page, folder]));
  const sources = new Set([...paths, ...folderPages.values()]);
  const pages = [...sources].map((source) => plan(source, folderOf.get(source), folderPages));
  return { pages: inOrder(pages, positions), folderPages };
};

const plan = (source: string, folder: string | undefined, folderPages: Map<string, string>): PlannedPage => {
  const place = folder ?? source;
  const above = folder === "" ? undefined : parentFolder(place);
  return { source, folder, parent: above ? folderPages.get(above) : undefined };
};

const parentFolder = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
};

const foldersOf = (paths: string[]): Set<string> => {
  const folders = new Set<string>([""]);
  for (const path of paths)
    for (let folder = parentFolder(path); !folders.has(folder); folder = parentFolder(folder)) folders.add(folder);
  return folders;
};

const OWN_PAGES = ["index", "_index", "readme"];
const HOME_PAGES = [...OWN_PAGES, "home"];

type Inside = Map<string, string[]>;

const ownPage = (folder: string, inside: Inside): string | undefined => {
  const names = folder === "" ? HOME_PAGES : OWN_PAGES;
  const pages = inside.get(folder) ?? [];
  return names.map((name) => pages.find((path) => nameOf(path).toLowerCase() === name)).find((path) => path);
};

const besideFolder = (folder: string, inside: Inside): string | undefined =>
  inside.get(parentFolder(folder))?.find((path) => path.replace(PAGE_FILE, "") === folder);

const nameOf = (path: string): string => posix.basename(path).replace(PAGE_FILE, "");

const NATURAL = new Intl.Collator("en", { numeric: true });

type Positions = ReadonlyMap<string, number>;

const inOrder = (pages: PlannedPage[], positions: Positions): PlannedPage[] => {
  const children = Map.groupBy(pages, (page) => page.parent);
  for (const siblings of children.values()) siblings.sort((a, b) => compare(a, b, positions));
  const ordered: PlannedPage[] = [];
  const add = (page: PlannedPage): void => {
    ordered.push(page);
    children.get(page.source)?.forEach(add);
  };
  children.get(undefined)?.forEach(add);
  return ordered;
};

/** The home page first, then those with a position, then by name. */
const compare = (a: PlannedPage, b: PlannedPage, positions: Positions): number => {
  const [first, second] = [a, b].map((page) => positions.get(page.source) ?? Number.MAX_VALUE);
  const byName = NATURAL.compare(a.folder ?? a.source, b.folder ?? b.source);
  return Number(b.folder === "") - Number(a.folder === "") || Number(first) - Number(second) || byName;
};
