import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { inTransaction } from "../access/transaction.ts";
import { systemViewer } from "../access/viewer.ts";
import { type Importing, readAs } from "../imports/importing.ts";
import { pageToEdit } from "../pages/policy.ts";
import { verifyPage } from "../pages/verifying/commands.ts";
import { getPerson } from "../people/queries.ts";
import { dateAfter, daysBefore, type Loading } from "./loading.ts";
import { pageNamed } from "./told.ts";

const row = z.object({
  page: z.string(),
  person: z.string(),
  days_ago: z.coerce.number(),
  review_in_days: z.coerce.number(),
});

/** Verifies the pages that verified.csv names, each in the name of whoever did, on the day they did. */
export const verifyPages = async (loading: Loading, importing: Importing): Promise<void> => {
  const csv = await readFile(join(loading.folder, "verified.csv"));
  const read = await readAs(importing);
  for (const { page: named, person, ...days } of z.array(row).parse(parse(csv, { columns: true, bom: true }))) {
    const viewer = await systemViewer(loading.db, await getPerson(read, person));
    const clock = { ...loading.clock, now: () => daysBefore(loading, days.days_ago) };
    await inTransaction(loading.db, viewer, clock, async (tx) => {
      const page = pageToEdit(tx.viewer, await pageNamed(tx, named));
      await verifyPage(tx, page, { revision: page.revision, reviewAt: dateAfter(loading, days.review_in_days) });
    });
  }
};
