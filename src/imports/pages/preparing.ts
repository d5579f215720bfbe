import type { Reader } from "../../access/reader.ts";
import type { StoredFile } from "../../files/storage.ts";
import type { Origin, RenderedDraft } from "../../pages/draft.ts";
import type { Survey, SurveyedPage } from "../markdown/survey.ts";
import type { Finding, Report } from "../report.ts";
import type { Change } from "./change.ts";
import type { Existing, ExistingPage } from "./existing.ts";
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

/** A file that a page shows; `isNew` where it has to be written. */
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

/** Puts something about one page into the report. */
export const note = ({ report }: Preparing, { source }: SurveyedPage, finding: Omit<Finding, "file">): undefined => {
  report.findings.push({ ...finding, file: source });
};
