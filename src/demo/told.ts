import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { allow } from "../access/grant.ts";
import { inTransaction, type Tx } from "../access/transaction.ts";
import { systemViewer } from "../access/viewer.ts";
import { titleKey } from "../analyzer/analyze.ts";
import { listContacts } from "../contacts/queries.ts";
import { customerToEdit } from "../customers/policy.ts";
import { getCustomer } from "../customers/queries.ts";
import type { Page } from "../db/schema.ts";
import { NotFound } from "../errors.ts";
import { type Importing, readAs } from "../imports/importing.ts";
import { linkKnowledge } from "../links/commands.ts";
import { getPerson } from "../people/queries.ts";
import { getSpace } from "../spaces/queries.ts";
import { daysBefore, type Loading } from "./loading.ts";

const row = z.object({
  page: z.string(),
  customer: z.string(),
  contact: z.string(),
  relation: z.enum(["about", "answered_by", "told", "sent", "contradicts"]),
  person: z.string(),
  days_ago: z.coerce.number(),
  revisions_ago: z.coerce.number(),
});

/** Who told which customer what: `page` is `space:Title`, `revisions_ago` how often the page was changed since. */
export type Telling = z.infer<typeof row>;

export const readTold = async ({ folder }: Loading): Promise<Telling[]> =>
  z.array(row).parse(parse(await readFile(join(folder, "knowledge_links.csv")), { columns: true, bom: true }));

/** Links pages to customers as they were told, each in the name of whoever told it, on the day they did. */
export const linkTold = async (loading: Loading, importing: Importing, told: Telling[]): Promise<void> => {
  const read = await readAs(importing);
  for (const telling of told) {
    const viewer = await systemViewer(loading.db, await getPerson(read, telling.person));
    const clock = { ...loading.clock, now: () => daysBefore(loading, telling.days_ago) };
    await inTransaction(loading.db, viewer, clock, (tx) => link(tx, telling));
  }
};

const link = async (tx: Tx, { page: named, customer: key, contact: name, ...telling }: Telling): Promise<void> => {
  const page = await pageNamed(tx, named);
  const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, key));
  const contact = (await listContacts(tx.read, customer)).find((one) => one.name === name);
  await linkKnowledge(tx, {
    page: allow(tx.viewer, page, "view"),
    revision: page.revision - telling.revisions_ago,
    target: contact ? { kind: "contact", id: contact.id, customer } : { kind: "customer", customer },
    relation: telling.relation,
  });
};

/** A page as the files name it: `space:Title`. */
export const pageNamed = async (tx: Tx, named: string): Promise<Page> => {
  const colon = named.indexOf(":");
  const space = await getSpace(tx.read, named.slice(0, colon));
  const page = await tx.read
    .selectFrom("visible_pages")
    .selectAll()
    .where("space_id", "=", space.id)
    .where("title_key", "=", titleKey(named.slice(colon + 1)))
    .orderBy("id")
    .executeTakeFirst();
  if (!page) throw new NotFound();
  return page;
};
