import type { Department, Person } from "../db/schema.ts";
import { inTreeOrder } from "../departments/queries.ts";
import type { T } from "../i18n/i18n.ts";
import type { Listed, State } from "../people/directory.ts";
import { STATES } from "../people/directory.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";

export type AdminPart = "overview" | "people" | "departments" | "signOn" | "audit" | "breakGlass";

const PARTS: [AdminPart, string][] = [
  ["overview", "/admin"],
  ["people", "/admin/people"],
  ["departments", "/admin/departments"],
  ["signOn", "/admin/sign-on"],
  ["audit", "/admin/audit"],
  ["breakGlass", "/admin/break-glass"],
];

export const adminTabs = (t: T, current: AdminPart) =>
  PARTS.map(([part, url]) => ({ name: t(`admin.${part}`), url, current: part === current, count: null }));

export const accountUrl = (login: string): string => `/admin/people/${encodeURIComponent(login)}`;

const PER_PAGE = 50;

type Shown = { q: string; state: State; page: number; now: string; invited: ReadonlySet<string> };

export function presentAccounts(t: T, people: Listed[], at: Shown) {
  const last = Math.max(1, Math.ceil(people.length / PER_PAGE));
  const page = Math.min(at.page, last);
  const urlOf = (n: number) => `/admin/people?${new URLSearchParams({ q: at.q, state: at.state, page: String(n) })}`;
  const options = STATES.map((value) => ({ value, label: t(`admin.state.${value}`) }));
  return {
    title: t("admin.people"),
    tabs: adminTabs(t, "people"),
    q: at.q,
    count: people.length,
    state: field("state", t("shared.status"), { values: at, errors: {} }, { required: true, options }),
    people: people.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((person) => ({
      name: person.name,
      login: person.login,
      url: accountUrl(person.login),
      job: person.title,
      isGuest: person.kind === "guest",
      isAdmin: person.admin_at !== null,
      isInactive: !person.active,
      isInvited: person.active && at.invited.has(person.id),
      left: person.kind === "guest" && person.active ? t("admin.daysLeft", { days: daysLeft(person, at.now) }) : null,
      departments: person.departments.map((d) => d.name).join(t("shared.comma")),
    })),
    previousUrl: page > 1 ? urlOf(page - 1) : null,
    nextUrl: page < last ? urlOf(page + 1) : null,
  };
}

/** Whole days until a guest's end, the last one included; 0 without an end. */
export const daysLeft = ({ expires_at }: Pick<Person, "expires_at">, now: string): number =>
  expires_at === null ? 0 : Math.ceil((Date.parse(expires_at) - Date.parse(now)) / 86_400_000);

export function presentDepartmentForm(t: T, form: FormState, options: { departments: Department[]; isNew: boolean }) {
  const parents = inTreeOrder(options.departments).map((d) => ({
    value: d.key,
    label: `${"　".repeat(d.depth)}${d.name}`,
  }));
  const fields = {
    key: field("key", t("departments.key"), form, { required: true, hint: t("departments.keyRule") }),
    name: field("name", t("departments.name"), form, { required: true }),
    parent: field("parent", t("departments.parent"), form, {
      required: true,
      options: [{ value: "", label: t("departments.top") }, ...parents],
    }),
  };
  const { key, name, parent } = fields;
  return {
    key: options.isNew ? key : null,
    name,
    parent,
    problems: fieldsInError(options.isNew ? [key, name, parent] : [name, parent]),
  };
}
