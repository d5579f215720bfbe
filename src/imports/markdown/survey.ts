import type { Reason, Report } from "../report.ts";
import type { Anchors } from "./anchors.ts";
import { type Entry, readText, walkFolder } from "./folder.ts";
import { type Resolver, resolverOf } from "./paths.ts";
import { type Document, readDocument } from "./read.ts";
import { titleFromPath } from "./title.ts";
import { type PlannedPage, planTree } from "./tree.ts";

/** A page to be, with what must be known before any body can be written. `entry` is missing for folders without a page. */
export type SurveyedPage = PlannedPage & {
  entry: Entry | undefined;
  title: string;
  anchors: Anchors;
  /** Held back where it comes from. */
  isDraft: boolean;
};

/** A whole folder, known by names: bodies are read again, one by one, when they are written. */
export type Survey = {
  /** Parents before children, siblings in order. */
  pages: SurveyedPage[];
  files: Map<string, Entry>;
  resolver: Resolver;
  anchorsOf: (source: string) => Anchors | undefined;
  /** The text of a page, once: from memory where the folder is small, else read again. */
  read: (entry: Entry) => Promise<Read>;
};

type Read = { document: Document } | { reason: Reason };

/** Files of up to so many bytes together are kept from the first pass to the second. */
const MOST_KEPT = 16_000_000;

/**
 * First pass over a folder: what pages there are, how they stand in a tree, what they are called and which anchors they
 * have. Memory grows with the number of files, not with their size. What cannot be read is put into the report as refused.
 */
export const surveyFolder = async (folder: string, report: Report): Promise<Survey> => {
  const known: Known = { pages: new Map(), files: new Map(), kept: new Map(), bytes: 0 };
  for await (const found of walkFolder(folder)) {
    const reason = "reason" in found ? found.reason : await remember(known, found);
    if (reason) report.findings.push({ outcome: "refused", file: found.path, reason });
  }
  return surveyOf(known);
};

/** Reads one page file, or says why not. */
export const readPage = async (entry: Entry): Promise<Read> => {
  const read = await readText(entry);
  return "reason" in read ? read : { document: readDocument(entry.path, read.text) };
};

type KnownPage = { entry: Entry; title: string; anchors: Anchors; position: number | undefined; isDraft: boolean };
type Known = {
  pages: Map<string, KnownPage>;
  files: Map<string, Entry>;
  kept: Map<string, Document>;
  bytes: number;
};

const remember = async (known: Known, entry: Entry): Promise<Reason | undefined> => {
  if (entry.kind === "file") {
    known.files.set(entry.path, entry);
    return undefined;
  }
  const read = await readPage(entry);
  if ("reason" in read) return read.reason;
  const { title, anchors, meta } = read.document;
  known.bytes += entry.size;
  if (known.bytes <= MOST_KEPT) known.kept.set(entry.path, read.document);
  known.pages.set(entry.path, { entry, title, anchors, position: meta.position, isDraft: !meta.published });
  return undefined;
};

const surveyOf = ({ pages, files, kept }: Known): Survey => {
  const tree = planTree([...pages.keys()], positionsOf(pages));
  const surveyed = tree.pages.map((page): SurveyedPage => {
    const { entry, title = titleFromPath(page.source), anchors = NONE, isDraft = false } = pages.get(page.source) ?? {};
    return { ...page, entry, title, anchors, isDraft };
  });
  return {
    pages: surveyed,
    files,
    resolver: resolverOf([...pages.keys(), ...files.keys()], tree.folderPages),
    anchorsOf: (source) => pages.get(source)?.anchors,
    read: async (entry) => {
      const document = kept.get(entry.path);
      kept.delete(entry.path);
      return document ? { document } : readPage(entry);
    },
  };
};

const positionsOf = (pages: Known["pages"]): Map<string, number> =>
  new Map([...pages].flatMap(([path, { position }]) => (position === undefined ? [] : [[path, position] as const])));

const NONE: Anchors = new Map();
