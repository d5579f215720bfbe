import { grant } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
import { CATALOGUE_SCOPE, CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { addContact } from "../../src/contacts/commands.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import { makeConfidential } from "../../src/customers/confidential.ts";
import { setOwnedProduct } from "../../src/customers/owned/commands.ts";
import type { Contact, Customer, Interaction, Page, Product } from "../../src/db/schema.ts";
import { recordInteraction } from "../../src/interactions/commands.ts";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { createProduct } from "../../src/products/commands.ts";
import { type ApiApp, apiApp } from "./client.ts";

/**
 * What the API tests look at. Everybody sees the customer `open` and the product X200; `secret`, with all that belongs to it,
 * is for sales alone. `guide` is in the handbook, `plan` in the space of sales, `budget` in that of finance.
 */
export type ApiWorld = ApiApp & {
  open: Customer;
  secret: Customer;
  product: Product;
  contact: Contact;
  hiddenContact: Contact;
  interaction: Interaction;
  hiddenInteraction: Interaction;
  guide: Page;
  plan: Page;
  budget: Page;
};

export async function apiWorld(): Promise<ApiWorld> {
  const app = await apiApp();
  const records = await app.as("system", async (tx) => {
    const all = grant({ scope_id: CUSTOMERS_SCOPE }, "edit");
    const open = await createCustomer(tx, all, { key: "open", name: "Open Ltd", short_name: "Open" });
    const before = await createCustomer(tx, all, { key: "secret", name: "Secret Ltd" });
    const sales = { principal: `department:${app.departments.sales.id}`, kind: "grant" as const, level: LEVELS.edit };
    const secret = await makeConfidential(tx, grant(before, "manage"), { entries: [sales], restricted: true });
    const product = await createProduct(tx, grant({ scope_id: CATALOGUE_SCOPE }, "edit"), {
      code: "X200",
      name: "Gateway X200",
    });
    await setOwnedProduct(tx, grant(open, "edit"), { product, quantity: 3 });
    const said = { channel: "phone", direction: "in" } as const;
    return {
      open,
      secret,
      product,
      contact: await addContact(tx, grant(open, "edit"), { name: "Ada" }),
      hiddenContact: await addContact(tx, grant(secret, "edit"), { name: "Hidden Ada" }),
      interaction: await recordInteraction(tx, grant(open, "edit"), { ...said, words: "Does it work?" }),
      hiddenInteraction: await recordInteraction(tx, grant(secret, "edit"), { ...said, words: "Hidden words" }),
    };
  });
  const write = async (space: "handbook" | "sales" | "finance", title: string) => {
    const tags = {
      customers: [records.open.id, records.secret.id],
      products: [records.product.id],
      labels: ["how-to"],
    };
    const draft = await renderDraft({ title, body: `# ${title}\n\nAbout X200.`, summary: "", ...tags });
    return app.as("system", (tx) => createPage(tx, grant(app.spaces[space], "edit"), draft));
  };
  return {
    ...app,
    ...records,
    guide: await write("handbook", "Guide"),
    plan: await write("sales", "Plan"),
    budget: await write("finance", "Budget"),
  };
}
