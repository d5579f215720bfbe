import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemViewer } from "../../../src/access/viewer.ts";
import type { Db } from "../../../src/db/open.ts";
import type { Importing } from "../../../src/imports/importing.ts";
import { importMarkdown } from "../../../src/imports/pages/import.ts";
import { count, type Report } from "../../../src/imports/report.ts";
import { type Cast, castIn, type Login } from "../../support/cast.ts";
import { openTestDatabase } from "../../support/db.ts";

export type ImportWorld = Cast & {
  importing: Importing;
  /** Imports into a space as the operator of the command line, or as someone. */
  bring: (folder: string, options?: { space?: string; as?: Login; dryRun?: boolean }) => Promise<Report>;
  /** The imported pages by their source, as the database holds them. */
  pages: () => Promise<
    Map<string, { id: string; title: string; parent: string | undefined; revision: number; body: string }>
  >;
};

/** @param db a fresh database, if it must be one of a kind */
export const importWorld = async (db?: Db): Promise<ImportWorld> => {
  const cast = await castIn(db ?? (await openTestDatabase()));
  const root = await cast.viewer("root");
  const dataDir = mkdtempSync(join(tmpdir(), "zhike-data-"));
  const importing = { db: cast.db, clock: cast.clock, dataDir, viewer: () => systemViewer(cast.db, root) };
  return {
    ...cast,
    importing,
    bring: (folder, { space = "handbook", as, dryRun = false } = {}) =>
      importMarkdown(as ? { ...importing, viewer: () => cast.viewer(as) } : importing, {
        folder,
        space: { key: space },
        dryRun,
      }),
    pages: async () => {
      const rows = await cast.db
        .selectFrom("pages")
        .innerJoin("revisions", (join) =>
          join.onRef("revisions.page_id", "=", "pages.id").onRef("revisions.n", "=", "pages.revision"),
        )
        .select(["pages.id", "pages.title", "pages.parent_id", "pages.revision", "pages.source", "revisions.body"])
        .orderBy("pages.position")
        .orderBy("pages.id")
        .execute();
      const sources = new Map(rows.map((row) => [row.id, row.source ?? ""]));
      return new Map(
        rows.map(({ id, title, revision, body, source, parent_id }) => [
          source ?? "",
          { id, title, revision, body, parent: parent_id === null ? undefined : sources.get(parent_id) },
        ]),
      );
    },
  };
};

export const figures = (report: Report) => ({
  made: count(report, "made"),
  changed: count(report, "changed"),
  unchanged: report.unchanged,
  skipped: count(report, "skipped"),
  refused: count(report, "refused"),
});
