import type { Group } from "../customers/group-queries.ts";
import { customerUrl } from "../customers/urls.ts";
import type { Customer, Department } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { presentRail } from "./present-rail.ts";
import { customerPermissionsUrl, GROUPS_URL, groupUrl } from "./urls.ts";

type Shown = {
  groups: (Group & { name: string; customers: number })[];
  /** Those in whose name the viewer may open a group. */
  departments: Department[];
  confidential: Customer[];
};

/** All groups of customers that the viewer manages, and the customers that are in none. */
export function presentGroups(t: T, { groups, departments, confidential }: Shown, form: FormState) {
  const fields = {
    name: field("name", t("access.groupName"), form, { required: true }),
    department: field("department", t("access.groupOwner"), form, {
      required: true,
      options: departments.map(({ key, name }) => ({ value: key, label: name })),
    }),
  };
  return {
    title: t("access.customerGroups"),
    ...presentRail(t, "customers"),
    groups: groups.map((group) => ({
      name: group.name,
      url: groupUrl(group),
      customersUrl: `${groupUrl(group)}/customers`,
      customers: group.customers,
    })),
    confidential: confidential.map((customer) => ({
      name: customer.name,
      url: customerUrl(customer),
      permissionsUrl: customerPermissionsUrl(customer),
    })),
    add: departments.length > 0 ? { url: GROUPS_URL, ...fields } : null,
    problems: fieldsInError(Object.values(fields)),
  };
}
