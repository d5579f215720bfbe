import { join } from "node:path";
import type { Clock } from "../access/transaction.ts";
import { systemViewer } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";
import type { Importing } from "../imports/importing.ts";
import { readCompany } from "./company.ts";
import type { Loading } from "./loading.ts";
import { loadPages } from "./pages.ts";
import { makeCompany } from "./people.ts";
import { loadRecords } from "./records.ts";
import { linkTold, readTold } from "./told.ts";
import { verifyPages } from "./verified.ts";

/** Where the demo company lives unless told otherwise; it is made anew at every start. */
export const DEMO_DATA = join(import.meta.dirname, "../../.cache/demo");

export const DEMO_FOLDER = join(import.meta.dirname, "../../data/demo");

/**
 * Fills a fresh instance with the demo company, through the same importers that take in real ones.
 * @param folder see data/demo/README.md
 * @returns the people, to say who can log in
 * @throws Error when the files are not as described
 */
export const loadDemo = async (
  into: { db: Db; clock: Clock; dataDir: string },
  folder: string = DEMO_FOLDER,
): Promise<{ login: string; name: string; title: string }[]> => {
  const loading: Loading = { ...into, folder, today: into.clock.now() };
  const company = await readCompany(folder);
  await makeCompany(loading, company);
  const importing = importingOf(loading);
  const told = await readTold(loading);
  await loadRecords(loading, importing, company);
  await loadPages(loading, importing, { company, told });
  await linkTold(loading, importing, told);
  await verifyPages(loading, importing);
  return company.people;
};

const importingOf = ({ db, clock, dataDir }: Loading): Importing => ({
  db,
  clock,
  dataDir,
  viewer: async () => {
    const admin = await db
      .selectFrom("people")
      .selectAll()
      .where("admin_at", "is not", null)
      .orderBy("created_at")
      .orderBy("id")
      .executeTakeFirstOrThrow();
    return systemViewer(db, admin);
  },
});
