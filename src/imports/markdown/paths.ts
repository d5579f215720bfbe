import { posix } from "node:path";

/** A place inside the imported folder that a link points to. `anchor` is written without "#". */
export type Target = { path: string; kind: "page" | "file"; anchor: string };

export type Resolver = {
  /** The place a link address points to, read from the page at `from`; undefined if nothing is there. */
  resolve: (from: string, address: string) => Target | undefined;
  /** The place a `[[wiki link]]` names: a path, or the name of a page anywhere if only one has it. */
  resolveName: (from: string, name: string) => Target | undefined;
};

export const PAGE_FILE = /\.(?:md|markdown|mkd|mdx)$/i;
const FOLDER_PAGES = ["index.md", "_index.md", "README.md", "index.mdx", "home.md"];

/** True for addresses that leave the folder: another scheme or host. */
export const isExternal = (address: string): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address);

/**
 * Knows the paths of all pages and files, and of folders that have a page (`folderPages`: folder → path of its page).
 * Paths are relative to the imported folder, with "/" between names.
 */
export const resolverOf = (paths: Iterable<string>, folderPages: ReadonlyMap<string, string>): Resolver => {
  const exact = new Map<string, string>();
  for (const path of paths) exact.set(path, path);
  for (const [folder, page] of folderPages) exact.set(folder, page);
  const known = { exact, folded: foldKeys(exact), byName: namesOf(exact) };
  return {
    resolve: (from, address) => resolveIn(known, from, address),
    resolveName: (from, name) => {
      const { path, anchor } = splitAddress(name);
      const found = resolveIn(known, from, name) ?? targetOf(known.byName.get(nameKey(path)) ?? undefined, anchor);
      return found;
    },
  };
};

type Known = { exact: Map<string, string>; folded: Map<string, string | null>; byName: Map<string, string | null> };

const resolveIn = (known: Known, from: string, address: string): Target | undefined => {
  if (isExternal(address)) return undefined;
  const { path, anchor } = splitAddress(address);
  if (path === "") return undefined;
  for (const place of placesOf(from, path)) {
    const found = lookUp(known, place);
    if (found !== undefined) return targetOf(found, anchor);
  }
  return undefined;
};

/** Where an address may point: beside the page; for `/a/b` from the top, from the page's own top folder, or without a language prefix. */
const placesOf = (from: string, path: string): string[] => {
  if (!path.startsWith("/")) return [posix.join(posix.dirname(from), path)].filter((place) => !place.startsWith("../"));
  const rooted = posix.normalize(path.slice(1) || ".");
  const top = from.split("/")[0] ?? "";
  const unprefixed = /^[a-z]{2}(?:-[a-z]{2,4})?\//i.test(rooted) ? [rooted.slice(rooted.indexOf("/") + 1)] : [];
  return [rooted, `${top}/${rooted}`, ...unprefixed];
};

const lookUp = (known: Known, place: string): string | undefined => {
  const bare = place.replace(/\/+$/, "").replace(/^\.$/, "");
  const tries = [bare, `${bare}.md`, `${bare}.mdx`, `${bare}.markdown`, bare.replace(/\.html?$/i, ".md")];
  if (place.endsWith("/")) tries.push(tries.shift() ?? "");
  for (const path of [...tries, ...FOLDER_PAGES.map((page) => posix.join(bare, page))]) {
    const found = known.exact.get(path) ?? known.folded.get(path.toLowerCase());
    if (found) return found;
  }
  return undefined;
};

const targetOf = (path: string | undefined, anchor: string): Target | undefined =>
  path === undefined ? undefined : { path, kind: PAGE_FILE.test(path) || path.endsWith("/") ? "page" : "file", anchor };

/** Cuts an address into its decoded path and its anchor; a query is dropped. */
export const splitAddress = (address: string): { path: string; anchor: string } => {
  const [place = "", ...anchor] = address.split("#");
  return { path: decode(place.split("?")[0] ?? "").trim(), anchor: anchor.join("#").replace(/^#+/, "") };
};

const decode = (path: string): string => {
  try {
    return decodeURIComponent(path).normalize("NFC");
  } catch {
    return path;
  }
};

/** Keys without regard to case; null where two paths differ in case alone, so that neither is guessed. */
const foldKeys = (exact: Map<string, string>): Map<string, string | null> => {
  const folded = new Map<string, string | null>();
  for (const [key, path] of exact) add(folded, key.toLowerCase(), path);
  return folded;
};

const namesOf = (exact: Map<string, string>): Map<string, string | null> => {
  const names = new Map<string, string | null>();
  for (const path of exact.values()) add(names, nameKey(posix.basename(path)), path);
  return names;
};

const add = (map: Map<string, string | null>, key: string, path: string): void => {
  map.set(key, map.has(key) && map.get(key) !== path ? null : path);
};

const nameKey = (name: string): string =>
  name
    .replace(PAGE_FILE, "")
    .replace(/[-_\s]+/g, " ")
    .trim()
    .toLowerCase();
