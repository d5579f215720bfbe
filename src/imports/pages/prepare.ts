import type { Reader } from "../../access/reader.ts";
import { Invalid } from "../../errors.ts";
import { LARGEST_FILE, type StoredFile, storeFile } from "../../files/storage.ts";
import { type Draft, type Origin, type RenderedDraft, renderDraft } from "../../pages/draft.ts";
import { type Document, readDocument } from "../markdown/read.ts";
import { relink } from "../markdown/relink.ts";
import { readPage, type Survey, type SurveyedPage } from "../markdown/survey.ts";
import { type Finding, type Reason, type Report, reasonOf, tally } from "../report.ts";
import { type Change, draftHash, findChange } from "./change.ts";
import { type Existing, type ExistingPage, fileKey } from "./existing.ts";
import type { Names } from "./names.ts";

/** Who wrote a text (id of a person), when (ISO time) and why, where that is known. */
export type Told = { author?: string | undefined; at?: string | undefined; summary?: string | undefined };

/** What a page was before, oldest first, as texts of its file; and who wrote what it is now. */
export type History = (source: string) => { past: (Told & { text: string })[]; current: Told };

/** All that is known while pages are prepared. `ids`: source → id of the page here, old or new. */
export type Preparing = {
  read: Reader;
  survey: Survey;
  existing: Existing;
  ids: ReadonlyMap<string, string>;
  names: Names;
  history: History;
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
  owner: string | undefined;
};

/** Reads, converts and renders one page. What stands in its way goes into the report, and the page is left out. */
export const preparePage = async (preparing: Preparing, planned: SurveyedPage): Promise<PreparedPage | undefined> => {
  const document = await readDocumentOf(preparing, planned);
  const id = preparing.ids.get(planned.source);
  if (!document || id === undefined) return undefined;
  try {
    const { draft, files } = await makeDraft(preparing, planned, { document, id });
    reportKeys(preparing, planned, document);
    return await plan(preparing, planned, { id, draft, files, document });
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
  tally(preparing.report, "links_broken", broken.length);
  for (const address of broken)
    note(preparing, planned, { outcome: "noted", reason: ["imports.brokenLink", { address }] });
  const { customers, products, labels } = document.meta;
  const draft: Draft = {
    title: document.title,
    body,
    labels,
    customers: await tagsOf(preparing, planned, { written: customers, find: preparing.names.customer }),
    products: await tagsOf(preparing, planned, { written: products, find: preparing.names.product }),
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

const reportKeys = (preparing: Preparing, planned: SurveyedPage, { unknownKeys, elements }: Document): void => {
  for (const { key, line } of unknownKeys)
    note(preparing, planned, { outcome: "noted", line, reason: ["imports.unknownKey", { key }] });
  const simplified = Object.entries(elements).map(([name, times]) => `${name} ×${times}`);
  if (simplified.length > 0)
    note(preparing, planned, {
      outcome: "noted",
      reason: ["imports.htmlSimplified", { elements: simplified.join(", ") }],
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

type Made = { id: string; draft: Draft; files: Map<string, string>; document: Document };

const plan = async (preparing: Preparing, planned: SurveyedPage, made: Made): Promise<PreparedPage> => {
  const { id, draft, document } = made;
  const { pages } = preparing.existing;
  const existing = pages.get(planned.source) ?? pages.get(`${planned.folder}/`);
  const change = existing ? await findChange(preparing.read, existing, draft) : ({ kind: "create" } as const);
  const { current } = preparing.history(planned.source);
  const told = { ...current, at: current.at ?? document.meta.updatedAt ?? document.meta.createdAt };
  const before = change.kind === "create" ? await pastDrafts(preparing, planned, made) : [];
  const now = await Promise.all(
    draftsOf(change, draft).map((one) => finishDraft(preparing, planned, { draft: one, told, id })),
  );
  const { owner } = document.meta;
  const files = [...made.files].map(([path, fileId]) => prepareFile(preparing, { id: fileId, path, pageId: id }));
  return {
    planned,
    id,
    existing,
    change,
    drafts: [...before, ...now.map((one) => ({ ...one, origin: { ...one.origin, sourceHash: draftHash(draft) } }))],
    files: await Promise.all(files),
    owner: owner === undefined ? undefined : await ownerOf(preparing, planned, owner),
  };
};

const draftsOf = (change: PreparedPage["change"], draft: Draft): Draft[] => {
  if (change.kind === "revise") return change.drafts;
  return change.kind === "create" ? [draft] : [];
};

/** Earlier texts without a title or tags of their own have those of today. */
const pastDrafts = async (preparing: Preparing, planned: SurveyedPage, { id, draft, document }: Made) => {
  const drafts: PreparedPage["drafts"] = [];
  for (const { text, ...told } of preparing.history(planned.source).past) {
    const past = readDocument(planned.source, text, document.title);
    const { draft: made } = await makeDraft(preparing, planned, { document: past, id });
    const tags = {
      labels: made.labels.length > 0 ? made.labels : draft.labels,
      customers: draft.customers,
      products: draft.products,
    };
    drafts.push(await finishDraft(preparing, planned, { draft: { ...made, ...tags }, told, id }));
  }
  return drafts;
};

type Finishing = { draft: Draft; told: Told; id: string };

const finishDraft = async (preparing: Preparing, { source }: SurveyedPage, { draft, told, id }: Finishing) => {
  const { author, at, summary } = told;
  const origin: Origin = {
    source,
    sourceHash: draftHash(draft),
    id,
    ...(author !== undefined && { author }),
    ...(at !== undefined && at < preparing.now && { at }),
  };
  return { ...(await renderDraft({ ...draft, summary: summary ?? "" })), origin };
};

const ownerOf = async (preparing: Preparing, planned: SurveyedPage, name: string): Promise<string | undefined> => {
  const id = await preparing.names.person(name);
  if (id === undefined) note(preparing, planned, { outcome: "noted", reason: ["imports.unknownName", { name }] });
  return id;
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
