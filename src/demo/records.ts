import { join } from "node:path";
import type { Tx } from "../access/transaction.ts";
import { makeConfidential } from "../customers/confidential.ts";
import { createCustomerGroup, moveToGroup } from "../customers/groups.ts";
import { customerToManage } from "../customers/policy.ts";
import { getCustomer } from "../customers/queries.ts";
import { getDepartment } from "../departments/queries.ts";
import { type Fields, INTERACTION_FIELDS } from "../imports/csv/fields.ts";
import type { Row } from "../imports/csv/read.ts";
import { type Importing, writeAs } from "../imports/importing.ts";
import type { Report } from "../imports/report.ts";
import { importTable, type TableImport } from "../imports/tables/import.ts";
import { storedEntries } from "../permissions/principals.ts";
import { departmentToManage } from "../spaces/policy.ts";
import type { Company } from "./company.ts";
import { dateAfter, daysBefore, type Loading } from "./loading.ts";

/** Loads customers, contacts, products, what is owned and what was said, and says which customers are not for everybody. */
export const loadRecords = async (loading: Loading, importing: Importing, company: Company): Promise<void> => {
  const load = async (what: TableImport["what"], file: string, more: Partial<TableImport> = {}): Promise<void> =>
    accepted(
      await importTable(importing, { what, file: join(loading.folder, file), timeZone: "Asia/Shanghai", ...more }),
    );
  await load("customers", "customers.csv");
  await load("products", "products.csv");
  await load("contacts", "contacts.csv");
  await load("owned", "owned_products.csv");
  await load("interactions", "interactions.csv", {
    own: { fields: SAID_FIELDS, adjust: (row) => atItsTime(loading, row) },
  });
  await writeAs(importing, (tx) => protectCustomers(tx, company));
};

/** @throws Error when a file of the demo company has what cannot be taken, or names what is not there */
export const accepted = (report: Report): void => {
  const broken = report.findings.filter(
    ({ outcome, reason }) => outcome === "refused" || reason?.[0] === "imports.unknownName",
  );
  if (broken.length > 0) throw new Error(`The demo company is broken: ${JSON.stringify(broken.slice(0, 5))}`);
};

const NUMBER = { is: "number" } as const;

/** The usual fields, but with days before and after today in the place of dates. */
const SAID_FIELDS: Fields = {
  ...INTERACTION_FIELDS,
  at: { kind: NUMBER, names: ["daysago"], required: true },
  next: { kind: NUMBER, names: ["nextindays"] },
  owner: { kind: { is: "text", longest: 100 }, names: ["person"] },
};

const atItsTime = (loading: Loading, { values, ...row }: Row): Row => {
  const { at = "0", next, ...others } = values;
  const dates = {
    at: daysBefore(loading, Number(at)),
    ...(next !== undefined && { next: dateAfter(loading, Number(next)) }),
  };
  return { ...row, values: { ...others, ...dates } };
};

const protectCustomers = async (tx: Tx, company: Company): Promise<void> => {
  for (const { name, department, entries, customers } of company.customer_groups) {
    const owner = departmentToManage(tx.viewer, await getDepartment(tx.read, department));
    const group = await createCustomerGroup(tx, owner, { name, entries: await storedEntries(tx.read, entries) });
    for (const key of customers)
      await moveToGroup(tx, customerToManage(tx.viewer, await getCustomer(tx.read, key)), group);
  }
  for (const { customer, entries } of company.confidential) {
    const proof = customerToManage(tx.viewer, await getCustomer(tx.read, customer));
    await makeConfidential(tx, proof, { entries: await storedEntries(tx.read, entries), restricted: true });
  }
};
