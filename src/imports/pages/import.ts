import type { Tx } from "../../access/transaction.ts";
import { newId } from "../../db/portable.ts";
import type { Department, Space } from "../../db/schema.ts";
import { getDepartment, listDepartments } from "../../departments/queries.ts";
import { Invalid, NotFound } from "../../errors.ts";
import { createSpace } from "../../spaces/commands.ts";
import { departmentToManage } from "../../spaces/policy.ts";
import { findSpace } from "../../spaces/queries.ts";
import { type Importing, type Progress, readAs, writeAs } from "../importing.ts";
import { type Survey, surveyFolder } from "../markdown/survey.ts";
import { type Report, startReport, tally } from "../report.ts";
import { type Existing, findExisting, NOTHING_YET } from "./existing.ts";
import { namesOf } from "./names.ts";
import { preparePage } from "./prepare.ts";
import type { History, PreparedPage, Preparing } from "./preparing.ts";
import { savePages } from "./save.ts";
import { inFolder } from "./source.ts";

/** `department`: key of the owner of a new space; else the first department of whoever imports, else the company. */
export type MarkdownImport = {
  folder: string;
  space: { key: string; name?: string | undefined; department?: string | undefined };
  dryRun?: boolean;
  progress?: Progress;
  /** Who wrote what before, for pages that are new here. */
  history?: History;
};

/**
 * Imports a folder of Markdown, or a zip of one, as the pages of a space, with their links and files. Once more on the same folder changes
 * only what changed there; pages edited here in between keep their edits. A new space is visible to its department alone.
 * @throws Invalid when there is no such folder or archive, or no Markdown in it
 */
export const importMarkdown = async (importing: Importing, options: MarkdownImport): Promise<Report> => {
  const report = startReport("markdown", options.dryRun ?? false);
  return inFolder(options.folder, report, (folder) => importFolder(importing, { ...options, folder }, report));
};

const importFolder = async (importing: Importing, options: MarkdownImport, report: Report): Promise<Report> => {
  const { dryRun = false, progress = () => {} } = options;
  const survey = await surveyFolder(options.folder, report);
  if (survey.pages.length === 0) throw new Invalid({ folder: "imports.noPages" });
  const before = await findSpace(await readAs(importing), options.space.key);
  const existing = before ? await findExisting(await readAs(importing), before) : NOTHING_YET;
  const space = before ?? (dryRun ? undefined : await writeAs(importing, (tx) => openSpace(tx, options.space)));
  const preparing = await startPreparing(importing, { survey, existing, report, history: options.history ?? untold });
  await importPages(importing, preparing, { space, progress });
  finish(report, survey, existing);
  return report;
};

const openSpace = async (tx: Tx, { key, name, department }: MarkdownImport["space"]): Promise<Space> => {
  const owner = department === undefined ? await ownDepartment(tx) : await getDepartment(tx.read, department);
  return createSpace(tx, departmentToManage(tx.viewer, owner), { key, name: name ?? key, description: "" });
};

const ownDepartment = async (tx: Tx): Promise<Department> => {
  const membership = await tx.read
    .selectFrom("memberships")
    .select("department_id")
    .where("person_id", "=", tx.viewer.id)
    .orderBy("created_at")
    .orderBy("department_id")
    .executeTakeFirst();
  const departments = await listDepartments(tx.read);
  const own =
    departments.find(({ id }) => id === membership?.department_id) ?? departments.find((one) => !one.parent_id);
  if (!own) throw new NotFound();
  return own;
};

type Known = { survey: Survey; existing: Existing; report: Report; history: History };

const untold: History = () => ({ past: [], current: {} });

const startPreparing = async (
  importing: Importing,
  { survey, existing, report, history }: Known,
): Promise<Preparing> => {
  const read = await readAs(importing);
  const ids = new Map<string, string>();
  const makeId = () => newId(importing.clock.random);
  for (const { source, folder, isDraft } of survey.pages) {
    const known = existing.pages.get(source) ?? existing.pages.get(`${folder}/`);
    if (!isDraft || known) ids.set(source, known?.id ?? existing.trashed.get(source) ?? makeId());
  }
  const dataDir = report.dryRun ? undefined : importing.dataDir;
  return {
    read,
    survey,
    existing,
    ids,
    names: namesOf(read),
    history,
    newId: makeId,
    now: importing.clock.now(),
    dataDir,
    report,
  };
};

/** Pages written in one transaction: many, as each waits for the disk; few, as others wait for it. */
const AT_ONCE = 40;

/** While some pages are written the next are read and rendered. */
const importPages = async (
  importing: Importing,
  preparing: Preparing,
  { space, progress }: { space: Space | undefined; progress: Progress },
): Promise<void> => {
  const { pages } = preparing.survey;
  let writing: Promise<void> = Promise.resolve();
  for (let from = 0; from < pages.length; from += AT_ONCE) {
    const batch = pages.slice(from, from + AT_ONCE);
    const [prepared] = await Promise.all([Promise.all(batch.map((page) => preparePage(preparing, page))), writing]);
    const present = prepared.filter((page) => page !== undefined);
    writing = space ? writeBatch(importing, preparing, { space, batch: present }) : pretend(preparing, present);
    progress(from + batch.length, pages.length);
  }
  await writing;
};

const writeBatch = async (
  importing: Importing,
  { report, ids, existing }: Preparing,
  { space, batch }: { space: Space; batch: PreparedPage[] },
): Promise<void> => {
  if (report.dryRun) return pretend({ report }, batch);
  const outcomes = await writeAs(importing, (tx) => savePages(tx, { space, ids, existing }, batch));
  for (const outcome of outcomes) {
    if (outcome) report.findings.push(outcome);
    else report.unchanged += 1;
  }
};

const pretend = async ({ report }: Pick<Preparing, "report">, batch: PreparedPage[]): Promise<void> => {
  for (const { planned, change } of batch) {
    const file = planned.source;
    if (change.kind === "create") report.findings.push({ outcome: "made", file });
    else if (change.kind === "revise") report.findings.push({ outcome: "changed", file });
    else if (change.kind === "unchanged") report.unchanged += 1;
    else report.findings.push({ outcome: "skipped", file, reason: ["imports.editedHere"] });
  }
};

const finish = (report: Report, { pages }: Survey, existing: Existing): void => {
  const sources = new Set(pages.flatMap(({ source, folder }) => [source, `${folder}/`]));
  for (const source of existing.pages.keys())
    if (!sources.has(source)) report.findings.push({ outcome: "noted", file: source, reason: ["imports.gone"] });
  tally(report, "pages", pages.filter((page) => page.entry).length);
  tally(report, "folder_pages", pages.filter((page) => !page.entry).length);
  report.findings.sort((a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
};

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
