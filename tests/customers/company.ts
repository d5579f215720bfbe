import { grant } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
import { CATALOGUE_SCOPE } from "../../src/access/scope-names.ts";
import { addContact } from "../../src/contacts/commands.ts";
import { type CustomerDraft, createCustomer } from "../../src/customers/commands.ts";
import { makeConfidential } from "../../src/customers/confidential.ts";
import { setOwnedProduct } from "../../src/customers/owned/commands.ts";
import { customersToEdit, customerToEdit, customerToManage } from "../../src/customers/policy.ts";
import { getCustomer } from "../../src/customers/queries.ts";
import type { Contact, Customer, Interaction, KnowledgeLink, Product } from "../../src/db/schema.ts";
import { type InteractionDraft, recordInteraction } from "../../src/interactions/commands.ts";
import { linkKnowledge } from "../../src/links/commands.ts";
import { targetToEdit } from "../../src/links/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { createProduct } from "../../src/products/commands.ts";
import type { Cast, Login } from "../support/cast.ts";

export const customerBy = (cast: Cast, login: Login, draft: CustomerDraft): Promise<Customer> =>
  cast.as(login, (tx) => createCustomer(tx, customersToEdit(tx.viewer), draft));

/** Seen and edited by sales alone, and by the managers of the company. */
export const hideInSales = (cast: Cast, customer: Customer): Promise<Customer> =>
  cast.as("root", (tx) =>
    makeConfidential(tx, customerToManage(tx.viewer, customer), {
      restricted: true,
      entries: [{ principal: `department:${cast.departments.sales.id}`, kind: "grant", level: LEVELS.edit }],
    }),
  );

export const productNamed = (cast: Cast, code: string, name: string): Promise<Product> =>
  cast.as("system", (tx) => createProduct(tx, grant({ scope_id: CATALOGUE_SCOPE }, "edit"), { code, name }));

/** Everything below is written by someone who may edit the customer. */
const editing = (cast: Cast, login: Login, key: string) => ({
  contact: (name: string): Promise<Contact> =>
    cast.as(login, async (tx) => addContact(tx, customerToEdit(tx.viewer, await getCustomer(tx.read, key)), { name })),
  owns: (product: Product, quantity = 1) =>
    cast.as(login, async (tx) =>
      setOwnedProduct(tx, customerToEdit(tx.viewer, await getCustomer(tx.read, key)), { product, quantity }),
    ),
  said: (words: string, more: Partial<InteractionDraft> = {}): Promise<Interaction> =>
    cast.as(login, async (tx) =>
      recordInteraction(tx, customerToEdit(tx.viewer, await getCustomer(tx.read, key)), {
        channel: "phone",
        direction: "out",
        words,
        ...more,
      }),
    ),
  linked: (page: string, relation: KnowledgeLink["relation"], contact?: Contact): Promise<KnowledgeLink> =>
    cast.as(login, async (tx) => {
      const target = await targetToEdit(
        tx.read,
        tx.viewer,
        contact ? { kind: "contact", id: contact.id } : { kind: "customer", id: key },
      );
      const found = await getPage(tx.read, page);
      return linkKnowledge(tx, { page: grant(found, "view"), target, relation });
    }),
});
export const onCustomer = editing;
