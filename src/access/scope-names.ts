/** Scopes that exist in every instance: all customers, and the catalogue of products. */
export const CUSTOMERS_SCOPE = "customers";
export const CATALOGUE_SCOPE = "catalogue";

/** Where search keeps what lies in the trash: a scope that nobody sees. */
export const TRASH_SCOPE = "trash";

/** The scope of a confidential customer is its own, and its id says so: a Reader knows scopes by id alone. */
export const customerScope = (id: string): string => `${CONFIDENTIAL}${id}`;
export const isCustomerScope = (scopeId: string): boolean => scopeId.startsWith(CONFIDENTIAL);

const CONFIDENTIAL = "customer-";
