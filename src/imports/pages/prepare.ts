import { Invalid } from "../../errors.ts";
import { storeFile } from "../../files/storage.ts";
import { type Draft, type Origin, renderDraft } from "../../pages/draft.ts";
import { type Document, readDocument } from "../markdown/read.ts";
import type { SurveyedPage } from "../markdown/survey.ts";
import { type Reason, reasonOf } from "../report.ts";
import { draftHash, findChange } from "./change.ts";
import { type Made, makeDraft, noteLosses } from "./drafts.ts";
import { fileKey } from "./existing.ts";
import { note, type PreparedFile, type PreparedPage, type Preparing, type Told } from "./preparing.ts";

/** Reads, converts and renders one page. What stands in its way goes into the report, and the page is left out. */
export const preparePage = async (preparing: Preparing, planned: SurveyedPage): Promise<PreparedPage | undefined> => {
  const document = await readDocumentOf(preparing, planned);
  const id = preparing.ids.get(planned.source);
  if (!document || id === undefined) return undefined;
  try {
    const made = await makeDraft(preparing, planned, { document, id });
    noteLosses(preparing, planned, document);
    return await plan(preparing, planned, { ...made, id, document });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    note(preparing, planned, { outcome: "refused", reason: ruleOf(error) });
    return undefined;
  }
};

const readDocumentOf = async (preparing: Preparing, planned: SurveyedPage): Promise<Document | undefined> => {
  const { trashed, pages } = preparing.existing;
  if (trashed.has(planned.source) && !pages.has(planned.source))
    return note(preparing, planned, { outcome: "skipped", reason: ["imports.inTrash"] });
  if (planned.isDraft) return note(preparing, planned, { outcome: "skipped", reason: ["imports.draft"] });
  if (!planned.entry) return readDocument(planned.source, "", planned.title);
  const read = await preparing.survey.read(planned.entry);
  return "document" in read ? read.document : note(preparing, planned, { outcome: "refused", reason: read.reason });
};

const ruleOf = ({ fields }: Invalid): Reason => reasonOf(Object.values(fields)[0] ?? "imports.unreadable");

type Converted = Made & { id: string; document: Document };

const plan = async (preparing: Preparing, planned: SurveyedPage, made: Converted): Promise<PreparedPage> => {
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
const pastDrafts = async (preparing: Preparing, planned: SurveyedPage, { id, draft, document }: Converted) => {
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
