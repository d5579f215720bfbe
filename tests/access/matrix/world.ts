import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createScope, replaceEntries } from "../../../src/access/entries.ts";
import { grant } from "../../../src/access/grant.ts";
import { LEVELS } from "../../../src/access/levels.ts";
import { CATALOGUE_SCOPE, CUSTOMERS_SCOPE } from "../../../src/access/scope-names.ts";
import type { Tx } from "../../../src/access/transaction.ts";
import { addContact } from "../../../src/contacts/commands.ts";
import { createCustomer } from "../../../src/customers/commands.ts";
import { createCustomerGroup } from "../../../src/customers/groups.ts";
import { setOwnedProduct } from "../../../src/customers/owned/commands.ts";
import { attachFile } from "../../../src/files/commands.ts";
import { storeFile } from "../../../src/files/storage.ts";
import { recordInteraction } from "../../../src/interactions/commands.ts";
import { linkKnowledge } from "../../../src/links/commands.ts";
import { createPage, revisePage } from "../../../src/pages/commands.ts";
import { renderDraft } from "../../../src/pages/draft.ts";
import { trashPage } from "../../../src/pages/trash/commands.ts";
import { addPerson } from "../../../src/people/commands.ts";
import { createProduct } from "../../../src/products/commands.ts";
import { createSpace } from "../../../src/spaces/commands.ts";
import { type Cast, castIn } from "../../support/cast.ts";
import { openSqlite } from "../../support/db.ts";

/** Who asks. All rows of the matrix are about one space, customer and product, on which each has the level of the name. */
export const PERSONAS = {
  anonymous: null,
  guest: "guest",
  nobody: "nobody",
  outsider: "fang",
  viewer: "mei",
  editor: "qiang",
  manager: "lan",
  admin: "clerk",
} as const;

/** What the parameters and fields of the matrix stand for. */
export type Names = Record<string, string>;
/** The database as bytes, the ids in it, and the folder of its files. */
export type MatrixWorld = { bytes: Buffer; names: Names; dataDir: string };

/**
 * A company in which support may view, sales edit and lan manage one space, one customer and one product; nobody else
 * knows of them. `clerk` is an administrator without a department.
 */
export async function makeMatrixWorld(): Promise<MatrixWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), "zhike-matrix-"));
  const stored = await storeFile(dataDir, import.meta.filename);
  const db = await openSqlite();
  const cast = await castIn(db);
  const [draft, changed] = [await draftOf("Matrix page", "# One"), await draftOf("Matrix page", "# Two")];
  const names = await cast.as("system", async (tx) => {
    await addPerson(tx, grant(tx.viewer, "administer"), { login: "clerk", name: "Clerk", admin: true });
    const records = await makeRecords(tx, cast);
    const space = await makeSpace(tx, cast);
    const first = await createPage(tx, grant(space, "edit"), draft);
    const page = await revisePage(tx, grant(first, "edit"), { ...changed, base: 1 });
    const parent = await createPage(tx, grant(space, "edit"), draft);
    const trashed = await createPage(tx, grant(space, "edit"), draft);
    await trashPage(tx, grant(trashed, "edit"));
    const { customer, ...others } = records;
    const link = await linkKnowledge(tx, {
      page: grant(page, "view"),
      target: { kind: "customer", customer: grant(customer, "edit") },
      relation: "told",
    });
    const file = await attachFile(tx, grant(page, "edit"), { name: "world.ts", stored });
    const group = await createCustomerGroup(tx, grant(cast.departments.sales, "manage"), {
      name: "Matrix",
      entries: entriesFor(cast),
    });
    const ids = {
      group: group.scope_id,
      file: file.id,
      page: page.id,
      parent: parent.id,
      trashed: trashed.id,
      link: link.id,
    };
    return { ...ids, ...others, customer: customer.key, customerId: customer.id, space: space.key, spaceId: space.id };
  });
  return { bytes: db.engine.serialize?.() ?? Buffer.alloc(0), names, dataDir };
}

const draftOf = (title: string, body: string) =>
  renderDraft({ title, body, customers: [], products: [], labels: ["matrix"], summary: "" });

const entriesFor = ({ departments: { support, sales } }: Cast) => [
  { principal: `department:${support.id}`, kind: "grant" as const, level: LEVELS.view },
  { principal: `department:${sales.id}`, kind: "grant" as const, level: LEVELS.edit },
  { principal: `managers:${sales.id}`, kind: "grant" as const, level: LEVELS.manage },
];

const makeSpace = (tx: Tx, cast: Cast) =>
  createSpace(tx, grant(cast.departments.sales, "manage"), {
    key: "mtx-space",
    name: "Matrix",
    description: "",
    entries: entriesFor(cast),
  });

async function makeRecords(tx: Tx, cast: Cast) {
  const scope = async (kind: "customer" | "catalogue", parent_id: string) => {
    const scope_id = await createScope(tx, { kind, parent_id, name: "Matrix" });
    await replaceEntries(tx, grant({ scope_id }, "manage"), { entries: entriesFor(cast), restricted: true });
    return grant({ scope_id }, "edit");
  };
  const customer = await createCustomer(tx, await scope("customer", CUSTOMERS_SCOPE), {
    key: "mtx-customer",
    name: "Matrix",
  });
  const product = await createProduct(tx, await scope("catalogue", CATALOGUE_SCOPE), {
    code: "MTX-1",
    name: "Matrix One",
  });
  const edited = grant(customer, "edit");
  const contact = await addContact(tx, edited, { name: "Mona Matrix" });
  const owned = await setOwnedProduct(tx, edited, { product });
  const said = { channel: "phone", direction: "in", words: "Hello" } as const;
  const interaction = await recordInteraction(tx, edited, { ...said, next_at: "2026-12-01" });
  return { customer, product: product.code, contact: contact.id, owned: owned.id, interaction: interaction.id };
}
