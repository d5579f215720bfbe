import { type Allowed, allow, atLeast } from "../access/grant.ts";
import { CUSTOMERS_SCOPE, isCustomerScope } from "../access/scope-names.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Customer } from "../db/schema.ts";

export type EditableCustomer = Allowed<Customer, "edit">;

const ALL_CUSTOMERS = { scope_id: CUSTOMERS_SCOPE };

/** @throws Forbidden when the viewer may not create customers */
export const customersToEdit = (viewer: Viewer): Allowed<{ scope_id: string }, "edit"> =>
  allow(viewer, ALL_CUSTOMERS, "edit");
export const canCreateCustomers = (viewer: Viewer): boolean => atLeast(viewer, ALL_CUSTOMERS, "edit");

/** @throws Forbidden */
export const customerToEdit = (viewer: Viewer, customer: Customer): EditableCustomer => allow(viewer, customer, "edit");
export const canEditCustomer = (viewer: Viewer, customer: Pick<Customer, "scope_id">): boolean =>
  atLeast(viewer, customer, "edit");

export type ManagedCustomer = Allowed<Customer, "manage">;

/** @throws Forbidden */
export const customerToManage = (viewer: Viewer, customer: Customer): ManagedCustomer =>
  allow(viewer, customer, "manage");

export const canManageCustomer = (viewer: Viewer, customer: Customer): boolean => atLeast(viewer, customer, "manage");

export const isConfidential = (customer: Pick<Customer, "scope_id">): boolean => isCustomerScope(customer.scope_id);
