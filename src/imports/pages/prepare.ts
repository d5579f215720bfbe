import type { Reader } from "../../access/reader.ts";
import { Invalid } from "../../errors.ts";
import { LARGEST_FILE, type StoredFile, storeFile } from "../../files/storage.ts";
import { type Draft, type Origin, type RenderedDraft, renderDraft } from "../../pages/draft.ts";
import type { Document } from "../markdown/read.ts";
import { relink } from "../markdown/relink.ts";
import { readPage, type Survey, type SurveyedPage } from "../markdown/survey.ts";
import { type Finding, type Reason, type Report, reasonOf, tally } from "../report.ts";
import { type Change, draftHash, findChange } from "./change.ts";
import { type Existing, type ExistingPage, fileKey } from "./existing.ts";
import type { Names } from "./names.ts";

/** All that is known while pages are prepared. `ids`: source → id of the page here, old or new. */
export type Preparing = {
  read: Reader;
  survey: Survey;
  existing: Existing;
  ids: ReadonlyMap<string, string>;
  names: Names;
  newId: () => string;
  now: string;
  /** Undefined in a dry run: nothing is kept. */
  dataDir: string | undefined;
  report: Report;
};

export type PreparedFile = { id: string; path: string; stored: StoredFile; isNew: boolean };

/** A page that only has to be written. */
export type PreparedPage = {
  planned: SurveyedPage;
  id: string;
  existing: ExistingPage | undefined;
  change: Change | { kind: "create" };
  drafts: (RenderedDraft & { origin: Origin })[];
  files: PreparedFile[];
};

/** Reads, converts and renders one page. What stands in its way goes into the report, and the page is left out. */
export const preparePage = async (preparing: Preparing, planned: SurveyedPage): Promise<PreparedPage | undefined> => {
  const document = await readDocumentOf(preparing, planned);
  const id = preparing.ids.get(planned.source);
  if (!document || id === undefined) return undefined;
  try {
    const { draft, files } = await makeDraft(preparing, planned, { document, id });
    return await plan(preparing, planned, { id, draft, files, meta: document.meta });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    note(preparing, planned, { outcome: "refused", reason: ruleOf(error) });
    return undefined;
  }
};

const EMPTY_FOLDER = { body: "", bodyLine: 0, unknownKeys: [], elements: {}, anchors: new Map() };
const NO_META = { published: true, labels: [], customers: [], products: [] };

const readDocumentOf = async (preparing: Preparing, planned: SurveyedPage): Promise<Document | undefined> => {
  if (!planned.entry) return { ...EMPTY_FOLDER, title: planned.title, meta: NO_META };
  const read = await readPage(planned.entry);
  if ("reason" in read) return note(preparing, planned, { outcome: "refused", reason: read.reason });
  if (preparing.existing.trashed.has(planned.source) && !preparing.existing.pages.has(planned.source))
    return note(preparing, planned, { outcome: "skipped", reason: ["imports.inTrash"] });
  return read.document.meta.published
    ? read.document
    : note(preparing, planned, { outcome: "skipped", reason: ["imports.draft"] });
};

const note = ({ report }: Preparing, { source }: SurveyedPage, finding: Omit<Finding, "file">): undefined => {
  report.findings.push({ ...finding, file: source });
};

const ruleOf = ({ fields }: Invalid): Reason => reasonOf(Object.values(fields)[0] ?? "imports.unreadable");

type Read = { document: Document; id: string };

const makeDraft = async (preparing: Preparing, planned: SurveyedPage, { document, id }: Read) => {
  const files = new Map<string, string>();
  const { body, resolved, broken } = relink(planned.source, document.body, preparing.survey, {
    page: (source) => (preparing.ids.has(source) ? `/p/${preparing.ids.get(source)}` : undefined),
    file: (path) => attach(preparing, files, { pageId: id, path }),
  });
  tally(preparing.report, "links", resolved.length);
  reportLoss(preparing, planned, { document, broken });
  const draft: Draft = {
    title: document.title,
    body,
    labels: document.meta.labels,
    customers: await tagsOf(preparing, planned, { written: document.meta.customers, find: preparing.names.customer }),
    products: await tagsOf(preparing, planned, { written: document.meta.products, find: preparing.names.product }),
    summary: "",
  };
  return { draft, files };
};

const attach = (
  { survey, existing, newId }: Preparing,
  files: Map<string, string>,
  { pageId, path }: { pageId: string; path: string },
) => {
  if ((survey.files.get(path)?.size ?? 0) > LARGEST_FILE) return undefined;
  const id = files.get(path) ?? existing.files.get(fileKey(pageId, path))?.id ?? newId();
  files.set(path, id);
  return `/files/${id}`;
};

const reportLoss = (
  preparing: Preparing,
  planned: SurveyedPage,
  { document, broken }: { document: Document; broken: string[] },
) => {
  for (const { key, line } of document.unknownKeys)
    note(preparing, planned, { outcome: "noted", line, reason: ["imports.unknownKey", { key }] });
  for (const address of broken)
    note(preparing, planned, { outcome: "noted", reason: ["imports.brokenLink", { address }] });
  tally(preparing.report, "links_broken", broken.length);
  const elements = Object.entries(document.elements).map(([name, times]) => `${name} ×${times}`);
  if (elements.length > 0)
    note(preparing, planned, {
      outcome: "noted",
      reason: ["imports.htmlSimplified", { elements: elements.join(", ") }],
    });
};

type Wanted = { written: string[]; find: (name: string) => Promise<string | undefined> };

const tagsOf = async (preparing: Preparing, planned: SurveyedPage, { written, find }: Wanted): Promise<string[]> => {
  const ids: string[] = [];
  for (const name of written) {
    const id = await find(name);
    if (id === undefined) note(preparing, planned, { outcome: "noted", reason: ["imports.unknownName", { name }] });
    else ids.push(id);
  }
  return [...new Set(ids)];
};

type Made = { id: string; draft: Draft; files: Map<string, string>; meta: Document["meta"] };

const plan = async (
  preparing: Preparing,
  planned: SurveyedPage,
  { id, draft, files, meta }: Made,
): Promise<PreparedPage> => {
  const existing = preparing.existing.pages.get(planned.source) ?? preparing.existing.pages.get(`${planned.folder}/`);
  const change = existing ? await findChange(preparing.read, existing, draft) : ({ kind: "create" } as const);
  const at = meta.updatedAt ?? meta.createdAt;
  const origin: Origin = {
    source: planned.source,
    sourceHash: draftHash(draft),
    id,
    ...(at !== undefined && at < preparing.now && { at }),
  };
  const drafts = await Promise.all(draftsOf(change, draft).map(renderDraft));
  return {
    planned,
    id,
    existing,
    change,
    drafts: drafts.map((one) => ({ ...one, origin })),
    files: await Promise.all(
      [...files].map(([path, fileId]) => prepareFile(preparing, { id: fileId, path, pageId: id })),
    ),
  };
};

const draftsOf = (change: PreparedPage["change"], draft: Draft): Draft[] => {
  if (change.kind === "revise") return change.drafts;
  return change.kind === "create" ? [draft] : [];
};

const prepareFile = async (
  { survey, existing, dataDir }: Preparing,
  { id, path, pageId }: { id: string; path: string; pageId: string },
): Promise<PreparedFile> => {
  const entry = survey.files.get(path);
  const before = existing.files.get(fileKey(pageId, path));
  const nothing = { hash: "", size: 0, type: "" };
  const stored = entry && dataDir !== undefined ? await storeFile(dataDir, entry.file) : nothing;
  return { id, path, stored, isNew: before?.hash !== stored.hash };
};
