import type { Department } from "../db/schema.ts";
import { inTreeOrder } from "../departments/queries.ts";
import type { T } from "../i18n/i18n.ts";
import type { Listed, State } from "../people/directory.ts";
import { STATES } from "../people/directory.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";

export type AdminPart = "overview" | "people" | "departments";

export const adminTabs = (t: T, current: AdminPart) =>
  (["overview", "people", "departments"] as const).map((part) => ({
    name: t(`admin.${part}`),
    url: part === "overview" ? "/admin" : `/admin/${part}`,
    current: part === current,
    count: null,
  }));

export const accountUrl = (login: string): string => `/admin/people/${encodeURIComponent(login)}`;

const PER_PAGE = 50;

export function presentAccounts(t: T, people: Listed[], at: { q: string; state: State; page: number }) {
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
      departments: person.departments.map((d) => d.name).join(t("shared.comma")),
    })),
    previousUrl: page > 1 ? urlOf(page - 1) : null,
    nextUrl: page < last ? urlOf(page + 1) : null,
  };
}

/** The form of an account; with `isNew` it also asks for what never changes. */
export function presentAccountForm(t: T, form: FormState, options: { departments: Department[]; isNew: boolean }) {
  const kinds = (["employee", "guest"] as const).map((value) => ({ value, label: t(`admin.kind.${value}`) }));
  const fixed = [
    field("login", t("people.login"), form, { required: true, hint: t("people.loginRule"), autocomplete: "off" }),
    field("kind", t("admin.kind"), form, { required: true, options: kinds, hint: t("admin.kindHint") }),
  ];
  const named = [
    field("name", t("people.name"), form, { required: true, autocomplete: "off" }),
    field("email", t("people.email"), form, { type: "email", autocomplete: "off" }),
    field("title", t("people.job"), form, { autocomplete: "off" }),
  ];
  const [login, kind] = fixed;
  const roles = inTreeOrder(options.departments).map((department) => roleField(t, department, form));
  const admin = field("admin", t("admin.isAdmin"), form, { hint: t("admin.isAdminHint") });
  const departments = form.errors.departments ?? null;
  return {
    login: options.isNew ? login : null,
    kind: options.isNew ? kind : null,
    named,
    admin,
    roles,
    departmentsError: departments,
    password: presentPasswordField(t, form),
    problems: fieldsInError([...(options.isNew ? fixed : []), ...named, admin]),
  };
}

export const presentPasswordField = (t: T, { errors }: FormState) =>
  field(
    "password",
    t("admin.initialPassword"),
    { values: {}, errors },
    {
      type: "text",
      autocomplete: "off",
      hint: t("admin.initialPasswordHint"),
    },
  );

function roleField(t: T, department: Department & { depth: number }, form: FormState) {
  const options = [
    { value: "", label: t("shared.none") },
    { value: "member", label: t("departments.member") },
    { value: "manager", label: t("departments.manager") },
  ];
  const name = `role.${department.key}`;
  return { ...field(name, department.name, form, { required: true, options }), depth: Math.min(department.depth, 3) };
}

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
