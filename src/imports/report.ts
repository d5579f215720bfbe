import type { Rule } from "../errors.ts";
import type { Key, T, Values } from "../i18n/i18n.ts";

/** A sentence in both languages: its key, with the values it names. */
export type Reason = [Key, Values?];

/**
 * What became of one thing that was to be imported. `noted` is for what was done, but not quite as it was written.
 * `line` counts from 1.
 */
export type Finding = {
  outcome: "made" | "changed" | "skipped" | "refused" | "noted";
  file: string;
  line?: number | undefined;
  field?: string;
  reason?: Reason;
  /** Where the imported thing is now, e.g. `/p/ID`. */
  url?: string;
};

export type Report = {
  what: "markdown" | "customers" | "contacts" | "products" | "interactions" | "owned";
  dryRun: boolean;
  unchanged: number;
  findings: Finding[];
  /** Further figures, e.g. links resolved. */
  figures: Record<string, number>;
};

/** A broken rule as a sentence of a report. */
export const reasonOf = (rule: Rule): Reason => {
  if (typeof rule === "string") return [rule];
  return Array.isArray(rule) ? rule : ["imports.refusedFor", { rule: rule.words }];
};

export const startReport = (what: Report["what"], dryRun: boolean): Report => ({
  what,
  dryRun,
  unchanged: 0,
  findings: [],
  figures: {},
});

/** How many things had this outcome; a row with several faults was refused once. */
export const count = (report: Report, outcome: Finding["outcome"]): number =>
  new Set(
    report.findings
      .filter((finding) => finding.outcome === outcome)
      .map(({ file, line }, i) => (line === undefined ? i : `${file}:${line}`)),
  ).size;

/** Adds to one of the further figures. */
export const tally = (report: Report, figure: string, by = 1): void => {
  report.figures[figure] = (report.figures[figure] ?? 0) + by;
};

/** The report as one JSON value for programs; sentences are in English beside their stable codes. */
export const reportJson = (report: Report, t: T) => ({
  import: report.what,
  dry_run: report.dryRun,
  made: count(report, "made"),
  changed: count(report, "changed"),
  unchanged: report.unchanged,
  skipped: count(report, "skipped"),
  refused: count(report, "refused"),
  ...report.figures,
  items: report.findings.map(({ reason, ...finding }) => ({
    ...finding,
    ...(reason && { code: reason[0].replace("imports.", ""), message: t(...reason) }),
  })),
});

/** The report for people: one line of figures, then each thing that was not simply done. */
export const reportText = (report: Report, t: T): string => {
  const told = report.findings.filter((finding) => finding.reason);
  return [
    ...(report.dryRun ? [t("imports.dryRun")] : []),
    t("imports.figures", {
      made: count(report, "made"),
      changed: count(report, "changed"),
      unchanged: report.unchanged,
      skipped: count(report, "skipped"),
      refused: count(report, "refused"),
    }),
    ...Object.entries(report.figures).map(([name, figure]) => `${name.replaceAll("_", " ")}: ${figure}`),
    ...told.map(
      (finding) => `${outcomeWord(finding, t)}  ${place(finding)}  ${finding.reason && t(...finding.reason)}`,
    ),
  ].join("\n");
};

const outcomeWord = ({ outcome }: Finding, t: T): string => t(`imports.${outcome}`);

const place = ({ file, line, field }: Finding): string =>
  [file, ...(line === undefined ? [] : [line]), ...(field === undefined ? [] : [field])].join(":");
