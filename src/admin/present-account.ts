import type { Department, Person } from "../db/schema.ts";
import { inTreeOrder } from "../departments/queries.ts";
import type { T } from "../i18n/i18n.ts";
import { type Field, type FormState, field, fieldsInError } from "../views/field.ts";

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
  const expires = endField(t, form);
  const roles = inTreeOrder(options.departments).map((department) => roleField(t, department, form));
  const admin = field("admin", t("admin.isAdmin"), form, { hint: t("admin.isAdminHint") });
  const departments = form.errors.departments ?? null;
  return {
    login: options.isNew ? login : null,
    kind: options.isNew ? kind : null,
    expires: options.isNew ? expires : null,
    named,
    admin,
    roles,
    departmentsError: departments,
    password: presentPasswordField(t, form),
    problems: fieldsInError([...(options.isNew ? [...fixed, expires] : []), ...named, admin]),
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

/** The last day of a guest, as a field of a screen that shows one guest. */
export const presentEndField = (t: T, form: FormState, person: Pick<Person, "expires_at">): Field =>
  endField(t, { values: { expires: person.expires_at?.slice(0, 10), ...form.values }, errors: form.errors });

const endField = (t: T, form: FormState): Field =>
  field("expires", t("admin.guestEnd"), form, { type: "date", hint: t("admin.guestEndHint") });
