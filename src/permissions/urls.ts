import { customerUrl } from "../customers/urls.ts";
import type { Customer, Page, Space } from "../db/schema.ts";
import { doingUrl } from "../pages/urls.ts";
import { spaceUrl } from "../spaces/urls.ts";

export const spacePermissionsUrl = (space: Pick<Space, "key">): string => `${spaceUrl(space)}/permissions`;
export const pagePermissionsUrl = (page: Pick<Page, "id">): string => doingUrl(page, "permissions");
export const customerPermissionsUrl = (customer: Pick<Customer, "key">): string =>
  `${customerUrl(customer)}/permissions`;
export const GROUPS_URL = "/permissions/customers";
export const groupUrl = ({ id }: { id: string }): string => `${GROUPS_URL}/${encodeURIComponent(id)}`;
export const personAskedUrl = ({ login }: { login: string }): string =>
  `/permissions/people/${encodeURIComponent(login)}`;
export const departmentAskedUrl = ({ key }: { key: string }): string =>
  `/permissions/departments/${encodeURIComponent(key)}`;
