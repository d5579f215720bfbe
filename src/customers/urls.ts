import type { Contact, Customer, Interaction, Page, Product } from "../db/schema.ts";

type Keyed = Pick<Customer, "key">;

export const customerUrl = (customer: Keyed): string => `/c/${encodeURIComponent(customer.key)}`;
export const contactUrl = (contact: Pick<Contact, "id">): string => `/contacts/${contact.id}`;
export const interactionUrl = (interaction: Pick<Interaction, "id">): string => `/interactions/${interaction.id}`;
/** Where it is said that a promise was kept. */
export const completionUrl = (interaction: Pick<Interaction, "id">): string =>
  `/interactions/${interaction.id}/completion`;
/** Where a page is marked as told to the customer. */
export const toldUrl = (customer: Keyed, page: Pick<Page, "id">): string =>
  `${customerUrl(customer)}/told/new?page=${page.id}`;
export const productUrl = (product: Pick<Product, "code">): string => `/products/${encodeURIComponent(product.code)}`;
/** What changed in a page between two of its revisions. */
export const compareUrl = (page: Pick<Page, "id">, { from, to }: { from: number; to: number }): string =>
  `/pages/${page.id}/compare?from=${from}&to=${to}`;
