import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock, Tx } from "../access/transaction.ts";
import { inTransaction } from "../access/transaction.ts";
import { systemViewer, type Viewer } from "../access/viewer.ts";
import { createCustomer } from "../customers/commands.ts";
import { setOwnedProduct } from "../customers/owned/commands.ts";
import { customersToEdit, customerToEdit } from "../customers/policy.ts";
import type { Db } from "../db/open.ts";
import type { Customer, Page, Product, Space } from "../db/schema.ts";
import { getDepartment } from "../departments/queries.ts";
import { recordInteraction } from "../interactions/commands.ts";
import { createPage } from "../pages/commands.ts";
import { renderDraft } from "../pages/draft.ts";
import { placeToFill } from "../pages/policy.ts";
import { beginInstance } from "../people/setup.ts";
import { createProduct } from "../products/commands.ts";
import { productsToEdit } from "../products/policy.ts";
import { createSpace } from "../spaces/commands.ts";
import { departmentToManage } from "../spaces/policy.ts";

const TEXTS = join(import.meta.dirname, "../../data/demo/spaces");
const PAGE_BYTES = 10_000;

export type Wiki = { viewer: Viewer; pages: Page[]; customers: Customer[]; texts: string[] };

/** Fills a fresh instance with `pages` pages of real text, a customer for every five of them, and their ties. */
export async function fillWiki(db: Db, clock: Clock, pages: number): Promise<Wiki> {
  const person = await beginInstance(db, clock, {
    company: "Bench",
    login: "bench",
    name: "Bench",
    password: "a long password",
  });
  const viewer = await systemViewer(db, person);
  const write = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, viewer, clock, work);
  const texts = realTexts();
  const space = await write(async (tx) =>
    createSpace(tx, departmentToManage(tx.viewer, await getDepartment(tx.read, "company")), {
      key: "bench",
      name: "Bench",
      description: "",
    }),
  );
  const made = await write((tx) => addRecords(tx, Math.ceil(pages / 5)));
  const written: Page[] = [];
  for (let i = 0; i < pages; i++)
    written.push(await addPage(db, clock, { viewer: await systemViewer(db, person), space, made, written, texts, i }));
  return { viewer, pages: written, customers: made.customers, texts };
}

/** The texts of the demo company, put together to pages of about ten kilobytes; the i-th is always the same. */
export function longText(texts: string[], i: number): string {
  let text = "";
  for (let part = i; text.length < PAGE_BYTES / 2; part += 7) text += `${texts[part % texts.length] ?? ""}\n\n`;
  return text.slice(0, PAGE_BYTES);
}

function realTexts(): string[] {
  const files = readdirSync(TEXTS, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
  return files.sort().map((file) => readFileSync(join(TEXTS, file), "utf8").replace(/^---\n[\s\S]*?\n---\n/, ""));
}

async function addRecords(tx: Tx, count: number): Promise<{ customers: Customer[]; products: Product[] }> {
  const products: Product[] = [];
  for (const code of ["X100", "X200", "X300", "CLOUD"])
    products.push(await createProduct(tx, productsToEdit(tx.viewer), { code, name: `${code} gateway` }));
  const customers: Customer[] = [];
  for (let i = 0; i < count; i++) {
    const customer = await createCustomer(tx, customersToEdit(tx.viewer), { name: `Customer ${i} 客户`, key: `c${i}` });
    const owned = products[i % products.length];
    if (owned) await setOwnedProduct(tx, customerToEdit(tx.viewer, customer), { product: owned, quantity: 1 });
    await recordInteraction(tx, customerToEdit(tx.viewer, customer), {
      channel: "phone",
      direction: "in",
      words: `Asked about firmware ${i} 固件升级`,
    });
    customers.push(customer);
  }
  return { customers, products };
}

type Place = {
  viewer: Viewer;
  space: Space;
  made: { customers: Customer[]; products: Product[] };
  written: Page[];
  texts: string[];
  i: number;
};

async function addPage(db: Db, clock: Clock, { viewer, space, made, written, texts, i }: Place): Promise<Page> {
  const idAt = (rows: { id: string }[]) =>
    rows
      .slice(i % Math.max(rows.length, 1))
      .slice(0, 1)
      .map((row) => row.id);
  const links = written
    .slice(-3)
    .map((page) => `[[${page.title}]]`)
    .join(" ");
  const draft = await renderDraft({
    title: `Page ${i} 页面`,
    body: `${longText(texts, i)}\n\n${links}`,
    customers: idAt(made.customers),
    products: i % 10 === 0 ? idAt(made.products) : [],
    labels: [],
    summary: "",
  });
  const parent = i % 20 === 0 ? space : (written[i - (i % 20)] ?? space);
  return inTransaction(db, viewer, clock, (tx) => createPage(tx, placeToFill(tx.viewer, parent), draft));
}
